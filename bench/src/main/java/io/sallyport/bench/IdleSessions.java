package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import io.sallyport.bench.lean.OpenChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What subsystem sessions cost that have asked something and then do nothing, each on a connection of its own. The gateway is a fresh one with the
 * heap of its launcher, 1 GiB; at sshd {@code cat} waits for lines.
 */
final class IdleSessions implements Measure {
    private static final double KIBI = 1024;
    private static final double MEBI = KIBI * KIBI;
    private static final double GIBI_IN_MEBI = 1024;

    private record Session(Connection connection, OpenChannel channel) {}

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        int many = contest.effort().sessions();
        int few = contest.effort().idleAtSshd();
        double before = IdleConnections.proportional(contest.sshdProcess().processes());
        double sshd;
        List<Session> atSshd = new ArrayList<>();
        try {
            for (int i = 0; i < few; i++) {
                Connection connection = contest.sshd().connect();
                atSshd.add(new Session(connection, connection.channel("exec", "cat")));
            }
            for (Session session : atSshd) {
                ask(session, "{}");
            }
            sshd = IdleConnections.proportional(contest.sshdProcess().processes()) - before;
        } finally {
            close(atSshd);
        }
        try (Gateway gateway = Gateway.make(contest.repository(), contest.place(), "sessions")) {
            Server server = gateway.server(contest.key(), "");
            double heapBefore = Heap.inUse(gateway.pid());
            double allBefore = IdleConnections.proportional(List.of(gateway.pid()));
            List<Session> sessions = new ArrayList<>();
            try {
                for (int i = 0; i < many; i++) {
                    Connection connection = server.connect();
                    Session session = new Session(connection, connection.channel("subsystem", "sallyport"));
                    ask(session, "{\"id\":1,\"method\":\"GET\",\"path\":\"/whoami\"}");
                    sessions.add(session);
                }
                double heap = Heap.inUse(gateway.pid());
                double all = IdleConnections.proportional(List.of(gateway.pid()));
                for (int i = 0; i < many; i += Math.max(1, many / few)) {
                    ask(sessions.get(i), "{\"id\":2,\"method\":\"GET\",\"path\":\"/whoami\"}");
                }
                return List.of(
                        new Row(
                                many + " idle subsystem sessions, heap in use (of 1 GiB)",
                                "MiB",
                                Double.NaN,
                                heap / MEBI,
                                new Goal.Ceiling(GIBI_IN_MEBI)),
                        new Row("of it each", "KiB", Double.NaN, (heap - heapBefore) / many / KIBI, Goal.NONE),
                        new Row(
                                "memory of one, next to cat behind sshd",
                                "KiB",
                                sshd / few / KIBI,
                                (all - allBefore) / many / KIBI,
                                new Goal.AtMost(1)));
            } finally {
                close(sessions);
            }
        }
    }

    private static void ask(Session session, String line) throws IOException {
        session.channel().send((line + "\n").getBytes(StandardCharsets.UTF_8));
        session.channel().line();
    }

    private static void close(List<Session> sessions) throws IOException {
        for (Session session : sessions) {
            session.connection().close();
        }
    }
}
