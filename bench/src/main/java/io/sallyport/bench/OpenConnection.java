package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One small request after the other on a connection that is open already, each on a channel of its own. */
final class OpenConnection implements Measure {
    private static final int IN_A_ROW = 10;

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        long id = contest.build(Sources.of(contest.place(), "script: [\"true\"]\n"));
        String request = "GET /builds/" + id;
        String command = NewConnections.sameAnswer(contest, request);
        Medians lean = lean(contest, command, request);
        Medians master = master(contest, command, request);
        return List.of(
                lean.row("request on an open connection, lean client", "ms", new Goal.AtMost(0.15)),
                master.row("request on an open connection, ssh ControlMaster", "ms", Goal.NONE));
    }

    private static Medians lean(Contest contest, String command, String request)
            throws IOException, InterruptedException {
        try (Connection sshd = contest.sshd().connect();
                Connection gateway = contest.gateway().connect()) {
            for (int i = 0; i < 5 * contest.effort().warmUp(); i++) {
                Gateway.ask(gateway, request);
            }
            return new Rounds()
                    .timed(Medians.SSHD, () -> Gateway.ask(sshd, command))
                    .timed(Medians.GATEWAY, () -> Gateway.ask(gateway, request))
                    .run(contest.effort().requests() / IN_A_ROW, IN_A_ROW);
        }
    }

    private static Medians master(Contest contest, String command, String request)
            throws IOException, InterruptedException {
        try (Master sshd = Master.open(contest.place(), contest.sshd());
                Master gateway = Master.open(contest.place(), contest.gateway())) {
            return new Rounds()
                    .timed(Medians.SSHD, () -> Programs.run(sshd.ssh(command)))
                    .timed(Medians.GATEWAY, () -> Programs.run(gateway.ssh(request)))
                    .run(contest.effort().connections() / IN_A_ROW, IN_A_ROW);
        }
    }

    /** A connection that further ssh programs use. */
    private record Master(Server server, Path socket, Process process) implements AutoCloseable {
        static Master open(Workplace place, Server server) throws IOException, InterruptedException {
            Path socket = place.file(server.name() + ".master");
            List<String> line =
                    List.of("ssh", "-F", server.config(), "-M", "-S", socket.toString(), "-N", server.name());
            Process process = new ProcessBuilder(line).inheritIO().start();
            while (!Files.exists(socket)) {
                if (!process.isAlive()) {
                    throw new IOException("no connection to share with " + server.name());
                }
                Thread.sleep(20);
            }
            return new Master(server, socket, process);
        }

        List<String> ssh(String command) {
            return server.ssh(command, "-S", socket.toString());
        }

        @Override
        public void close() {
            Programs.end(process);
        }
    }
}
