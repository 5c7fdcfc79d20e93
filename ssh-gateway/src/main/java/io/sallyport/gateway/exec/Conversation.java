package io.sallyport.gateway.exec;

import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.transport.GatewayChannel;
import io.sallyport.handlers.Entrance;
import io.sallyport.handlers.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody in a job, over an exec channel: its bytes both ways, as they are. */
final class Conversation implements VisitOutput {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LETTING_GO = Duration.ofSeconds(5);
    private static final int BUFFER = 32 * 1024;
    /** OpenSSH's own, which nothing else ends with. */
    private static final int NEVER = 255;
    /** As shells have it for what was killed. */
    private static final int KILLED = 137;

    private static final int LOST = 70;

    private final GatewayChannel channel;
    private final ChannelInput input;
    private final Entrance entrance;
    private final Duration idle;
    private final ChannelOutput out;
    private final ChannelOutput err; // guarded by itself: what is said comes from other threads
    private final AtomicLong written = new AtomicLong();
    private volatile Entry.Terminal size = new Entry.Terminal(0, 0);
    private volatile long lastTraffic = System.nanoTime();

    /** Without a byte either way for so long, it ends. */
    Conversation(GatewayChannel channel, ChannelInput input, Entrance entrance, Duration idle) {
        this.channel = channel;
        this.input = input;
        this.entrance = entrance;
        this.idle = idle;
        Outputs raw = Outputs.of(channel, false);
        this.out = raw.out();
        this.err = raw.err();
    }

    /** How many bytes have been sent. */
    long written() {
        return written.get();
    }

    /** Tells that nobody is let in; the answer is the exit status. */
    @FunctionalInterface
    interface Refusing {
        int refuse(Problem problem) throws IOException;
    }

    /**
     * Goes on until either side ends it.
     *
     * @return the exit status
     * @throws IOException when the peer is gone
     * @throws InterruptedException when the peer is gone
     */
    int hold(Refusing refusing) throws IOException, InterruptedException {
        input.keepToNoPace();
        input.passInterrupts();
        if (entrance.greeting().isPresent()) {
            send(entrance.greeting().get());
        }
        return switch (entrance.open(terminal(), variables(), this)) {
            case Entrance.Opening.Shut shut -> refusing.refuse(shut.problem());
            case Entrance.Opening.In in -> hold(in.visit());
        };
    }

    private int hold(Visit visit) throws IOException, InterruptedException {
        entrance.onNews(this::tell);
        if (channel.hasTerminal()) {
            channel.onResize((columns, lines) -> visit.resize(new Entry.Terminal(columns, lines)));
        }
        // Pipes to processes hold up the thread that writes to them, so it is none that others share.
        Thread reading = Thread.ofPlatform().name("reading-" + channel).daemon().start(() -> read(visit));
        Thread watching = Thread.ofVirtual().name("watching-" + channel).start(() -> watch(visit));
        try {
            return status(visit.await());
        } finally {
            watching.interrupt();
            visit.close();
            reading.interrupt();
            // The input may be somebody else's from now on: nobody's, should it not be let go of.
            if (!reading.join(LETTING_GO)) {
                input.close();
            }
        }
    }

    private int status(Exit exit) {
        return switch (exit) {
            case Exit.Code code -> code.code() == NEVER ? NEVER - 1 : code.code();
            case Exit.Stopped stopped -> {
                tell("this has been ended");
                yield KILLED;
            }
            case Exit.Lost lost -> {
                tell(lost.reason());
                yield LOST;
            }
        };
    }

    private Optional<Entry.Terminal> terminal() {
        if (!channel.hasTerminal()) {
            return Optional.empty();
        }
        channel.onResize((columns, lines) -> size = new Entry.Terminal(columns, lines)); // at once, too
        return Optional.of(size);
    }

    /** What programs for terminals go by; nothing else of the peer's. */
    private Map<String, String> variables() {
        Map<String, String> given = new TreeMap<>(channel.variables());
        given.keySet().removeIf(name -> !name.equals("TERM") && !name.equals("LANG") && !name.startsWith("LC_"));
        return given;
    }

    private void read(Visit visit) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = input.read(buffer, 0, BUFFER); count >= 0; count = input.read(buffer, 0, BUFFER)) {
                lastTraffic = System.nanoTime();
                visit.give(buffer, 0, count);
            }
            visit.endInput();
        } catch (IOException e) {
            LOG.debug("{} reads no more: {}", channel, e.getMessage());
            visit.close();
        }
    }

    private void watch(Visit visit) {
        try {
            while (true) {
                Thread.sleep(LOOK);
                if (!entrance.mayStay()) {
                    tell("you may not be here any more");
                    visit.close();
                    return;
                }
                if (System.nanoTime() - lastTraffic > idle.toNanos()) {
                    tell("nothing has come or gone for a long time (shell.idle)");
                    visit.close();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is over
        }
    }

    /** Says something in between, to people. */
    private void tell(String words) {
        try {
            if (entrance.greeting().isPresent()) {
                send((channel.hasTerminal() ? "\n" : "") + "sallyport: " + words + "\n");
            }
        } catch (IOException e) {
            LOG.debug("{} is gone: {}", channel, e.getMessage());
        }
    }

    private void send(String words) throws IOException {
        String lines = channel.hasTerminal() ? words.replace("\n", "\r\n") : words;
        synchronized (err) {
            err.write(lines.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void out(ByteBuffer bytes) throws IOException {
        out.write(taken(bytes));
    }

    @Override
    public void err(ByteBuffer bytes) throws IOException {
        byte[] all = taken(bytes);
        if (entrance.greeting().isPresent()) { // a connection has no such stream
            synchronized (err) {
                err.write(all);
            }
        }
    }

    private byte[] taken(ByteBuffer bytes) {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        written.addAndGet(all.length);
        lastTraffic = System.nanoTime();
        return all;
    }
}
