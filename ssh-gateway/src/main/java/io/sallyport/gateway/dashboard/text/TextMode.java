package io.sallyport.gateway.dashboard.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.channel.PacketOutput;
import io.sallyport.gateway.dashboard.house.Questions;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Keys;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Plain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dashboard of lines: what happens is told, and what is typed is done, as it would be after {@code ssh HOST}. The channel's own thread
 * takes what is typed; each request has a thread, so that Ctrl-C ends it.
 */
public final class TextMode {
    private static final Logger LOG = LoggerFactory.getLogger(TextMode.class);
    private static final String PROMPT = "> ";
    private static final Duration IN_DOUBT = Duration.ofMillis(50);
    private static final String GREETING = """
            Sallyport, in lines of text. What happens is told when nothing is typed.
            overview tells how things stand; quiet and tell end and begin the telling;
            quit leaves. Anything else is a request as after ssh HOST, such as queue,
            show 42, log 42 -f, cancel 42 or help. Ctrl-C ends what runs.
            """;

    private static final Map<String, String> WANTED =
            Map.of("follow", "true", "after", "now", "type", "build.*,job.*,gateway.*,node.*");

    private final Questions questions;
    private final Requests requests;
    private final PacketOutput out;
    private final Clock clock;
    private final int rows;
    private final Duration idle;
    private final IntConsumer stop;
    private final LineEditor editor = new LineEditor();
    private final ReentrantLock lock = new ReentrantLock();
    private final Announcements announcements = new Announcements(); // guarded by the lock, like what follows
    private boolean telling = true;
    private boolean typing;
    private @Nullable Thread request;

    /** Does what is typed and writes what comes of it, and ends early when interrupted. */
    @FunctionalInterface
    public interface Requests {
        /**
         * Does one.
         *
         * @throws IOException when the peer is gone
         * @throws InterruptedException when it is to end
         */
        void run(String line) throws IOException, InterruptedException;
    }

    /**
     * Tells of the house.
     *
     * @param out the channel's standard output; nobody else writes to it but {@code requests}, one at a time
     * @param rows builds that are told of at most
     * @param idle without a key, after which it ends
     * @param stop ends the channel's thread with an exit status
     */
    public TextMode(
            Questions questions,
            Requests requests,
            PacketOutput out,
            Clock clock,
            int rows,
            Duration idle,
            IntConsumer stop) {
        this.questions = questions;
        this.requests = requests;
        this.out = out;
        this.clock = clock;
        this.rows = rows;
        this.idle = idle;
        this.stop = stop;
    }

    /**
     * Goes on until somebody quits, nobody is there any more, or the gateway goes down.
     *
     * @return the exit status
     */
    public int serve(ChannelInput input) throws IOException, InterruptedException {
        write(GREETING.replace("\n", "\r\n") + Report.of(questions, clock.instant(), rows) + PROMPT);
        Thread hearing = Thread.ofVirtual().name("hearing").start(this::hear);
        try {
            keys(input);
        } finally {
            hearing.interrupt();
            endRequest();
        }
        return ExitStatus.OK;
    }

    private void keys(ChannelInput input) throws IOException, InterruptedException {
        Keys keys = new Keys();
        byte[] bytes = new byte[256];
        while (true) {
            boolean doubt = keys.inDoubt();
            if (!input.awaitMore(doubt ? IN_DOUBT : idle)) {
                keys.settle();
                if (!doubt) {
                    write("\r\nNobody has pressed a key for a long time (dashboard.idle).\r\n");
                    return;
                }
                continue;
            }
            int count = input.read(bytes, 0, bytes.length);
            if (count < 0) {
                return;
            }
            for (int i = 0; i < count; i++) {
                Optional<Key> key = keys.take(bytes[i] & 0xff);
                if (key.isPresent() && quits(key.get())) {
                    return;
                }
            }
        }
    }

    private boolean quits(Key key) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (key.name() == Key.Name.INTERRUPT) {
                interrupt();
                return false;
            }
            if (request != null) {
                return false; // typed ahead, while something runs
            }
            if (key.name() == Key.Name.END_OF_INPUT && editor.isEmpty()) {
                write("\r\n");
                return true;
            }
            LineEditor.Typed typed = editor.take(key);
            typing = !editor.isEmpty();
            write(typed.echo());
            return typed.line().isPresent() && does(typed.line().get());
        } finally {
            lock.unlock();
        }
    }

    private void interrupt() throws IOException {
        Thread running = request;
        if (running != null) {
            running.interrupt();
        } else {
            editor.clear();
            typing = false;
            write("\r\n" + announcements.take() + PROMPT);
        }
    }

    /** Does what a line says; whether it is the last. */
    private boolean does(String line) throws IOException, InterruptedException {
        switch (line) {
            case "quit", "exit", "q" -> {
                return true;
            }
            case "" -> ready("");
            case "overview" -> ready(Report.of(questions, clock.instant(), rows));
            case "quiet", "tell" -> {
                telling = line.equals("tell");
                ready(telling ? "what happens is told\r\n" : "what happens is not told\r\n");
            }
            default -> request = Thread.ofVirtual().name("request").start(() -> run(line));
        }
        return false;
    }

    private void run(String line) {
        try {
            requests.run(line);
        } catch (IOException | InterruptedException e) {
            LOG.debug("request cut off", e); // by Ctrl-C, most likely
        }
        lock.lock();
        try {
            Thread.interrupted(); // the prompt needs a thread that can wait
            request = null;
            ready("");
        } catch (IOException e) {
            LOG.debug("the terminal is gone", e);
        } finally {
            lock.unlock();
        }
    }

    private void ready(String words) throws IOException {
        write(words + announcements.take() + PROMPT);
    }

    private void endRequest() throws InterruptedException {
        Thread running;
        lock.lock();
        try {
            running = request;
        } finally {
            lock.unlock();
        }
        if (running != null) {
            running.interrupt();
            running.join();
        }
    }

    private void hear() {
        try {
            Questions.Ended ended = questions.follow("/events", WANTED, event -> {
                heard(event);
                return true;
            });
            switch (ended) {
                case Questions.Ended.Complete complete -> {
                    say("The gateway is going down.\n");
                    stop.accept(ExitStatus.of(503));
                }
                case Questions.Ended.Left left -> {}
                case Questions.Ended.Broken broken -> say(Plain.problem(broken.problem()));
            }
        } catch (IOException e) {
            LOG.debug("events cut off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(JsonNode event) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (telling) {
                announcements.add(event);
            }
            if (!typing && request == null) {
                String said = announcements.take();
                if (!said.isEmpty()) {
                    write("\r" + said + PROMPT);
                }
            }
        } catch (IOException e) {
            throw new InterruptedException("the terminal is gone");
        } finally {
            lock.unlock();
        }
    }

    private void say(String words) throws IOException {
        lock.lock();
        try {
            if (request == null) {
                write("\r" + words.replace("\n", "\r\n") + PROMPT);
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(String text) throws IOException {
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.put(bytes, 0, bytes.length);
            out.flush();
            out.rest();
        }
    }
}
