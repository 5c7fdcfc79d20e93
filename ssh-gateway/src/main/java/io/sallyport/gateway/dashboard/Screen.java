package io.sallyport.gateway.dashboard;

import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.channel.PacketOutput;
import io.sallyport.gateway.dashboard.house.House;
import io.sallyport.gateway.dashboard.house.Questions;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Keys;
import io.sallyport.gateway.dashboard.screen.Look;
import io.sallyport.gateway.dashboard.screen.Tone;
import io.sallyport.gateway.dashboard.view.Overview;
import io.sallyport.gateway.dashboard.view.Seat;
import io.sallyport.gateway.dashboard.view.Step;
import io.sallyport.gateway.dashboard.view.Who;
import io.sallyport.gateway.exec.JobShell;
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

    /** Longer than what a terminal has begun to say takes to come. */
    private static final Duration ECHO = Duration.ofMillis(300);

    private static final Duration LONGEST_ECHO = Duration.ofSeconds(2);
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_LINES = 24;

    private final Bounds bounds;
    private final Clock clock;
    private final Questions questions;
    private final Look look;
    private final JobShell shells;
    private final IntConsumer stop;
    private volatile String farewell = "";

    /** {@code stop} ends the channel's thread with an exit status. */
    Screen(Bounds bounds, Clock clock, Questions questions, Look look, JobShell shells, IntConsumer stop) {
        this.bounds = bounds;
        this.clock = clock;
        this.questions = questions;
        this.look = look;
        this.shells = shells;
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
        desk.open(new Overview(new Seat(house, questions, who, bounds.logCharacters(), desk::change)));
        channel.onResize((columns, lines) -> resize(desk, columns, lines));
        PacketOutput out = PacketOutput.standard(channel);
        Display display = new Display(desk, out, look.depth(), bounds.frame(), channel.toString());
        display.show();
        channel.onEnding(display::close);
        Reading reading = new Reading(desk, questions, bounds, clock);
        Hearing hearing = new Hearing(desk, questions, reading, () -> {
            farewell = "The gateway is going down.\r\n";
            stop.accept(ExitStatus.of(503));
        });
        List<Thread> others = List.of(
                Thread.ofVirtual().name("reading-" + channel).start(reading::run),
                Thread.ofVirtual().name("hearing-" + channel).start(hearing::run));
        try {
            farewell = keys(new Table(desk, reading, display, channel, input));
        } catch (InterruptedException e) {
            if (farewell.isEmpty()) {
                throw e;
            }
        } finally {
            others.forEach(Thread::interrupt);
            Thread.interrupted(); // what is left to paint needs a thread that can wait
            display.close();
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

    /** What keys are about. */
    private record Table(Desk desk, Reading reading, Display display, GatewayChannel channel, ChannelInput input) {}

    /** Takes keys until one of them means the end; the answer is what is said then. */
    private String keys(Table table) throws IOException, InterruptedException {
        ChannelInput input = table.input();
        Keys keys = new Keys();
        byte[] bytes = new byte[256];
        while (true) {
            boolean doubt = keys.inDoubt();
            if (!input.awaitMore(doubt ? IN_DOUBT : bounds.idle())) {
                Optional<Key> key = keys.settle();
                if (!doubt) {
                    return "Nobody has pressed a key for a long time (dashboard.idle).\r\n";
                }
                if (key.isPresent() && take(table, key.get()) == After.END) {
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
                switch (key.isPresent() ? take(table, key.get()) : After.GO_ON) {
                    case GO_ON -> {}
                    case ANEW -> {
                        keys = new Keys();
                        i = count; // what came with the key was for the shell, and is none of the dashboard's keys
                    }
                    case END -> {
                        return "";
                    }
                }
            }
        }
    }

    /** What comes after a key. */
    private enum After {
        GO_ON,
        /** Somebody else has had the terminal. */
        ANEW,
        END
    }

    private After take(Table table, Key key) throws IOException, InterruptedException {
        Step step = table.desk().finish(table.desk().key(key));
        if (step instanceof Step.Enter enter) {
            enter(table, enter);
        }
        table.reading().noticed(table.desk().top());
        return step instanceof Step.Quit ? After.END : step instanceof Step.Enter ? After.ANEW : After.GO_ON;
    }

    private void enter(Table table, Step.Enter wanted) throws IOException, InterruptedException {
        table.display().hide();
        try {
            String where = "the shell in " + wanted.job() + " of build " + wanted.build();
            switch (shells.enter(table.channel(), table.input(), wanted.build(), wanted.job())) {
                case JobShell.Outcome.Left left ->
                    table.desk().say(where + " has ended with " + left.status(), Tone.PLAIN);
                case JobShell.Outcome.Refused refused ->
                    table.desk().say(refused.problem().detail(), Tone.BAD);
            }
        } finally {
            table.channel().onResize((columns, lines) -> resize(table.desk(), columns, lines));
        }
        passOver(table.input());
        table.display().show();
    }

    /** What was typed for the shell, and what the terminal still answers to something that it was asked in there. */
    private static void passOver(ChannelInput input) throws IOException, InterruptedException {
        byte[] bytes = new byte[256];
        long end = System.nanoTime() + LONGEST_ECHO.toNanos();
        while (System.nanoTime() < end && input.awaitMore(ECHO) && input.read(bytes, 0, bytes.length) >= 0) {
            // until the terminal is silent
        }
    }
}
