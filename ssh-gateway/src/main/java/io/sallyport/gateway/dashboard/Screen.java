package io.sallyport.gateway.dashboard;

import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.channel.PacketOutput;
import io.sallyport.gateway.dashboard.house.House;
import io.sallyport.gateway.dashboard.house.Questions;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Keys;
import io.sallyport.gateway.dashboard.screen.Look;
import io.sallyport.gateway.dashboard.view.Overview;
import io.sallyport.gateway.dashboard.view.Seat;
import io.sallyport.gateway.dashboard.view.Step;
import io.sallyport.gateway.dashboard.view.Who;
import io.sallyport.gateway.transport.GatewayChannel;
import io.sallyport.handlers.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A dashboard on the whole of a terminal. The channel's own thread takes the keys; painting, hearing and reading have one each. */
final class Screen {
    /** Longer than a network keeps the parts of a key's sequence apart, and too short to be noticed. */
    private static final Duration IN_DOUBT = Duration.ofMillis(50);

    private static final Duration LAST_PICTURE = Duration.ofSeconds(2);
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_LINES = 24;

    private final Bounds bounds;
    private final Clock clock;
    private final Questions questions;
    private final Look look;
    private final IntConsumer stop;
    private volatile String farewell = "";

    /** {@code stop} ends the channel's thread with an exit status. */
    Screen(Bounds bounds, Clock clock, Questions questions, Look look, IntConsumer stop) {
        this.bounds = bounds;
        this.clock = clock;
        this.questions = questions;
        this.look = look;
        this.stop = stop;
    }

    /**
     * Shows it until somebody quits, nobody is there any more, or the gateway goes down.
     *
     * @return the exit status
     */
    int serve(GatewayChannel channel, ChannelInput input) throws IOException, InterruptedException {
        Who who = Who.of(questions.get("/whoami", Map.of()).body());
        House house = new House(bounds.rows());
        Desk desk = new Desk(house, look, clock, who.identity());
        int places = questions
                .get("/", Map.of())
                .body()
                .path("limits")
                .path("buildsAtOnce")
                .asInt();
        desk.update(known -> known.setPlaces(places));
        desk.open(new Overview(new Seat(house, questions, who, bounds.logCharacters(), desk::change)));
        channel.onResize((columns, lines) -> resize(desk, columns, lines));
        PacketOutput out = PacketOutput.standard(channel);
        Thread painting = Thread.ofVirtual()
                .name("painting-" + channel)
                .start(new Painting(desk, out, look.depth(), bounds.frame())::run);
        channel.onEnding(() -> leave(desk, painting));
        Reading reading = new Reading(desk, questions, bounds, clock);
        Hearing hearing = new Hearing(desk, questions, reading, () -> {
            farewell = "The gateway is going down.\r\n";
            stop.accept(ExitStatus.of(503));
        });
        List<Thread> others = List.of(
                Thread.ofVirtual().name("reading-" + channel).start(reading::run),
                Thread.ofVirtual().name("hearing-" + channel).start(hearing::run));
        try {
            farewell = keys(desk, reading, input);
        } catch (InterruptedException e) {
            if (farewell.isEmpty()) {
                throw e;
            }
        } finally {
            others.forEach(Thread::interrupt);
            Thread.interrupted(); // what is left to paint needs a thread that can wait
            leave(desk, painting);
        }
        byte[] last = farewell.getBytes(StandardCharsets.UTF_8);
        out.put(last, 0, last.length);
        out.flush();
        return ExitStatus.OK;
    }

    private void resize(Desk desk, int columns, int lines) {
        desk.resize(
                Math.clamp(columns == 0 ? USUAL_COLUMNS : columns, 1, bounds.columns()),
                Math.clamp(lines == 0 ? USUAL_LINES : lines, 1, bounds.lines()));
    }

    /** Lets the last thing be painted: the terminal as it was found. A terminal that does not read gets no more time than that. */
    private static void leave(Desk desk, Thread painting) {
        desk.close();
        try {
            if (!painting.join(LAST_PICTURE)) {
                painting.interrupt();
                painting.join();
            }
        } catch (InterruptedException e) {
            painting.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** Takes keys until one of them means the end; the answer is what is said then. */
    private String keys(Desk desk, Reading reading, ChannelInput input) throws IOException, InterruptedException {
        Keys keys = new Keys();
        byte[] bytes = new byte[256];
        while (true) {
            if (!input.awaitMore(keys.inDoubt() ? IN_DOUBT : bounds.idle())) {
                Optional<Key> key = keys.settle();
                if (key.isEmpty()) {
                    return "Nobody has pressed a key for a long time (dashboard.idle).\r\n";
                }
                if (quits(desk, reading, key.get())) {
                    return "";
                }
                continue;
            }
            int count = input.read(bytes, 0, bytes.length);
            if (count < 0) {
                return "";
            }
            for (int i = 0; i < count; i++) {
                Optional<Key> key = keys.take(bytes[i] & 0xff);
                if (key.isPresent() && quits(desk, reading, key.get())) {
                    return "";
                }
            }
        }
    }

    private static boolean quits(Desk desk, Reading reading, Key key) throws InterruptedException {
        Step step = desk.finish(desk.key(key));
        reading.noticed(desk.top());
        return step instanceof Step.Quit;
    }
}
