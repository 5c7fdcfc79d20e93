package io.sallyport.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.Questions;
import io.sallyport.gateway.dashboard.screen.Tone;
import io.sallyport.gateway.dashboard.view.Step;
import io.sallyport.handlers.ExitStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to what happens and tells the desk, on a thread of its own. What was missed is read anew as a whole. */
final class Hearing {
    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    private static final Map<String, String> WANTED =
            Map.of("follow", "true", "after", "now", "type", "build.*,job.*,gateway.*,node.*");

    private final Desk desk;
    private final Questions questions;
    private final Reading reading;
    private final Runnable down;

    /** {@code down} is called when the gateway goes down. */
    Hearing(Desk desk, Questions questions, Reading reading, Runnable down) {
        this.desk = desk;
        this.questions = questions;
        this.reading = reading;
        this.down = down;
    }

    /** Listens until interrupted, or the gateway goes down. */
    void run() {
        try {
            do {
                if (hasEnded()) {
                    return;
                }
            } while (!desk.awaitClose(BETWEEN_TRIES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasEnded() throws InterruptedException {
        try {
            return switch (questions.follow("/events", WANTED, new Listener())) {
                case Questions.Ended.Complete complete -> {
                    if (complete.exit() == ExitStatus.of(503)) {
                        down.run();
                    }
                    yield complete.exit() == ExitStatus.of(503);
                }
                case Questions.Ended.Left left -> false;
                case Questions.Ended.Broken broken -> {
                    desk.say("not told of what happens: " + broken.problem().detail(), Tone.BAD);
                    reading.want();
                    yield false;
                }
            };
        } catch (IOException e) {
            LOG.debug("events cut off", e);
            return false;
        }
    }

    /** Tells of each. */
    private final class Listener implements Questions.Reader {
        @Override
        public void opened() {
            reading.wantAll();
        }

        @Override
        public boolean take(JsonNode event) throws InterruptedException {
            for (Step step : desk.heard(event)) {
                desk.finish(step);
            }
            switch (event.path("type").asText()) {
                // Of these not all is in the event: jobs of a new build, and why others wait now.
                case "build.queued", "build.started", "build.ended", "job.ended", "job.waiting" -> reading.want();
                case "node.ready", "node.left" -> reading.wantAll();
                default -> {}
            }
            return true;
        }
    }
}
