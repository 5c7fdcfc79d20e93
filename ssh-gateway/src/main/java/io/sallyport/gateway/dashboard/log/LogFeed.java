package io.sallyport.gateway.dashboard.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.Questions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a log into a window, on a thread of its own, until the build has ended or nobody looks any more. */
final class LogFeed {
    private static final Logger LOG = LoggerFactory.getLogger(LogFeed.class);

    /** Bytes before the end at which the reading begins; more where a job has little in them. */
    static final long TAIL = 64 * 1024;

    private static final int ENOUGH_LINES = 200;

    /** Somebody who goes through the jobs one by one asks for few of their logs. */
    private static final Duration BEFORE_ASKING = Duration.ofMillis(120);

    private final Questions questions;
    private final LogName name;
    private final LogWindow window;
    private final Runnable changed;
    private final Consumer<String> told;

    /** {@code told} hears what is to be said of it: how it has ended, or why it cannot be read. */
    LogFeed(Questions questions, LogName name, LogWindow window, Runnable changed, Consumer<String> told) {
        this.questions = questions;
        this.name = name;
        this.window = window;
        this.changed = changed;
        this.told = told;
    }

    /** Reads from near the end. */
    void runFromTail() {
        run(() -> {
            Thread.sleep(BEFORE_ASKING);
            read(tail());
        });
    }

    /** Reads from the first line on that begins behind that offset, or from the beginning. */
    void runFrom(long offset) {
        run(() -> read(offset));
    }

    private interface Reading {
        void read() throws IOException, InterruptedException;
    }

    private void run(Reading reading) {
        try {
            reading.read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody looks any more
        } catch (IOException e) {
            LOG.debug("log cut off", e);
            told.accept("cut off");
        }
    }

    private long tail() throws IOException, InterruptedException {
        long size = questions.size(name.path()).orElse(0);
        long back = TAIL;
        while (back < size && !hasEnough(size - back)) {
            back *= 8;
        }
        return Math.max(0, size - back);
    }

    private boolean hasEnough(long from) throws IOException, InterruptedException {
        int[] seen = {0};
        questions.follow(name.path(), parameters(from, false), record -> ++seen[0] < ENOUGH_LINES);
        return seen[0] >= ENOUGH_LINES;
    }

    private Map<String, String> parameters(long offset, boolean follow) {
        Map<String, String> all = new HashMap<>(Map.of("format", "ndjson", "offset", Long.toString(offset)));
        if (follow) {
            all.put("follow", "true");
        }
        if (!name.job().isEmpty()) {
            all.put("job", name.job());
        }
        return all;
    }

    private void read(long from) throws IOException, InterruptedException {
        Taking taking = new Taking(from);
        Questions.Ended ended = questions.follow(name.path(), parameters(from, true), taking);
        switch (ended) {
            case Questions.Ended.Complete complete -> {}
            case Questions.Ended.Left left -> {}
            case Questions.Ended.Broken broken -> told.accept(broken.problem().detail());
        }
    }

    /** Takes records; one that is cut off in front is left out. */
    private final class Taking implements Questions.Reader {
        private final long from;

        Taking(long from) {
            this.from = from;
        }

        @Override
        public boolean take(JsonNode record) throws InterruptedException {
            if (record.has("end")) {
                told.accept(record.path("state").asText());
            } else if (from == 0 || record.path("offset").asLong() > from) {
                window.add(record);
                changed.run();
            }
            return true;
        }
    }
}
