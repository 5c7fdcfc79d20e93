package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A new connection and one small request: a build as JSON, with its access check; sshd prints the same from a file. */
final class NewConnections implements Measure {
    private static final int AT_A_TIME = 8;
    private static final int IN_A_ROW = 5;

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        long id = contest.build(Sources.of(contest.place(), "script: [\"true\"]\n"));
        String request = "GET /builds/" + id;
        String command = sameAnswer(contest, request);
        Effort effort = contest.effort();
        Server sshd = contest.sshd();
        Server gateway = contest.gateway();
        for (int i = 0; i < effort.warmUp(); i++) {
            ask(gateway, request);
        }

        Medians ssh = new Rounds()
                .timed(Medians.SSHD, () -> Programs.run(sshd.ssh(command)))
                .timed(Medians.GATEWAY, () -> Programs.run(gateway.ssh(request)))
                .run(effort.connections() / IN_A_ROW, IN_A_ROW);
        Medians lean = new Rounds()
                .timed(Medians.SSHD, () -> ask(sshd, command))
                .timed(Medians.GATEWAY, () -> ask(gateway, request))
                .run(effort.connections() / IN_A_ROW, IN_A_ROW);
        Medians many = new Rounds()
                .side(Medians.SSHD, () -> perSecond(sshd, command, effort.connections()))
                .side(Medians.GATEWAY, () -> perSecond(gateway, request, 5 * effort.connections()))
                .run(3);
        return List.of(
                ssh.row("new connection + GET /builds/ID, ssh", "ms", new Goal.AtMost(0.12)),
                lean.row("new connection + GET /builds/ID, lean client", "ms", Goal.NONE),
                many.row("the same, " + AT_A_TIME + " at a time", "1/s", Goal.NONE));
    }

    /** A command for sshd that prints what the gateway answers. */
    static String sameAnswer(Contest contest, String request) throws IOException {
        Path file = contest.place().file("answer.json");
        try (Connection connection = contest.gateway().connect()) {
            Files.writeString(file, Gateway.ask(connection, request));
        }
        return "cat " + file;
    }

    private static void ask(Server server, String command) throws IOException {
        try (Connection connection = server.connect()) {
            Gateway.ask(connection, command);
        }
    }

    private static double perSecond(Server server, String command, int connections)
            throws IOException, InterruptedException {
        List<Future<?>> all = new ArrayList<>();
        double milliseconds = Rounds.milliseconds(() -> {
            try (ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME)) {
                for (int i = 0; i < connections; i++) {
                    all.add(clients.submit(() -> {
                        ask(server, command);
                        return null;
                    }));
                }
            }
        });
        for (Future<?> each : all) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IOException("a connection failed", e);
            }
        }
        return connections * 1000 / milliseconds;
    }
}
