package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The share of a core that a gateway takes while a hundred builds run that print a line each second: while somebody looks at the
 * dashboard, which may be painted at any time here, and while nobody does.
 */
final class OpenDashboard implements Measure {
    private static final int BUILDS = 100;
    private static final int ROUNDS = 2;
    private static final double MOST = 5;
    private static final double PERCENT = 100;
    private static final long LONGEST_WAIT = 60_000_000_000L;
    private static final String NOBODY = "nobody";
    private static final String SETTINGS = "dashboard.frame: 1ms\nbuilds.shutdownGrace: 1s\n";
    private static final String SPEC = "script: ['for i in $(seq 3600); do echo tick $i; sleep 1; done']\n";
    private static final String SHOWN = "RUNNING " + BUILDS;

    /** Between words there is often nothing but an order to go elsewhere, or to change the colour. */
    private static final Pattern CONTROL = Pattern.compile("(\\x1b\\[[0-9;?]*[A-Za-z])+");

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        Duration turn = contest.effort().turn();
        byte[] source = Sources.of(contest.place(), SPEC);
        try (Gateway gateway = Gateway.make(contest.repository(), contest.place(), "dashboard", BUILDS, SETTINGS);
                Connection control = gateway.server(contest.key(), "").connect()) {
            Gateway.ask(control, "PUT /projects/" + Gateway.PROJECT, "{}");
            for (int i = 0; i < BUILDS; i++) {
                Gateway.ask(control, "submit " + Gateway.PROJECT, source);
            }
            awaitAll(control);
            Medians medians = new Rounds()
                    .side(NOBODY, () -> share(gateway, turn))
                    .side(Medians.GATEWAY, () -> watched(contest, gateway, turn))
                    .run(ROUNDS);
            return List.of(new Row(
                    "of a core, " + BUILDS + " builds run and a dashboard is open (instead of sshd: none is)",
                    "%",
                    medians.of(NOBODY),
                    medians.of(Medians.GATEWAY),
                    new Goal.Within(MOST, "%")));
        }
    }

    private static void awaitAll(Connection control) throws IOException, InterruptedException {
        long from = System.nanoTime();
        while (running(control) < BUILDS) {
            if (System.nanoTime() - from > LONGEST_WAIT) {
                throw new IOException("only " + running(control) + " builds run");
            }
            Thread.sleep(100);
        }
    }

    private static int running(Connection control) throws IOException {
        return Gateway.ask(control, "ls state=running limit=" + BUILDS).split("\"id\":", -1).length - 1;
    }

    /** The share while one is open, of a turn that begins when it has shown itself for as long. */
    private static double watched(Contest contest, Gateway gateway, Duration turn)
            throws IOException, InterruptedException {
        Process terminal = terminal(contest, gateway);
        try {
            Thread painted = awaitShown(terminal);
            Thread.sleep(turn);
            double share = share(gateway, turn);
            if (!terminal.isAlive()) {
                throw new IOException("the dashboard has ended by itself");
            }
            terminal.getOutputStream().write('q');
            terminal.getOutputStream().flush();
            painted.join();
            return share;
        } finally {
            Programs.end(terminal);
        }
    }

    /** A terminal of 120 columns and 40 lines, in which the real client shows it. */
    private static Process terminal(Contest contest, Gateway gateway) throws IOException {
        Server server = gateway.server(contest.key(), contest.place().text("ssh_config"));
        List<String> client = new ArrayList<>(server.ssh(
                "dashboard",
                "-t",
                "-p",
                Integer.toString(server.port()),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null"));
        ProcessBuilder builder = new ProcessBuilder(
                "script", "-qfec", "stty rows 40 cols 120; exec " + String.join(" ", client), "/dev/null");
        builder.environment().put("TERM", "xterm-256color");
        return builder.redirectErrorStream(true).start();
    }

    /** Returns when the whole picture has been seen; the thread reads on to the end, as a terminal does. */
    private static Thread awaitShown(Process terminal) throws IOException {
        InputStream output = terminal.getInputStream();
        StringBuilder seen = new StringBuilder();
        byte[] piece = new byte[1 << 14];
        while (!CONTROL.matcher(seen).replaceAll(" ").contains(SHOWN)) {
            int length = output.read(piece);
            if (length < 0) {
                throw new IOException("no dashboard, but: " + seen);
            }
            seen.append(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
        }
        return Thread.startVirtualThread(() -> {
            try {
                output.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                System.err.println("the terminal is gone: " + e.getMessage());
            }
        });
    }

    /** How much of a core, in percent, the gateway takes for so long. */
    private static double share(Gateway gateway, Duration turn) throws IOException, InterruptedException {
        Duration before = gateway.processorTime();
        long from = System.nanoTime();
        Thread.sleep(turn);
        double seconds = (System.nanoTime() - from) / 1e9;
        return PERCENT * gateway.processorTime().minus(before).toMillis() / 1000.0 / seconds;
    }
}
