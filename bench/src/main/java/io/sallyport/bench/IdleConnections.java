package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connection costs that is logged in and does nothing: the growth of the proportional set size of all processes
 * of a side. The gateway's garbage is collected before each look, and it is looked at with some connections and with
 * three times as many, so that memory that it has anyway is not taken for free.
 */
final class IdleConnections implements Measure {
    private static final long KIBI = 1024;

    /** Bytes. */
    private record Memory(double heap, double all) {}

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        Effort effort = contest.effort();
        int some = effort.idle();
        int many = 3 * some;
        long gateway = contest.gatewayProcess().pid();
        Memory few = hold(contest.gateway(), some, () -> ofGateway(gateway));
        Memory all = hold(contest.gateway(), many, () -> ofGateway(gateway));
        double sshdAlone = proportional(contest.sshdProcess().processes());
        double sshd = hold(
                contest.sshd(),
                effort.idleAtSshd(),
                () -> proportional(contest.sshdProcess().processes()) - sshdAlone);
        double each = (many - some) * (double) KIBI;
        String counts = some + " to " + many + " (sshd: 0 to " + effort.idleAtSshd() + ")";
        return List.of(
                new Row(
                        "memory of an idle connection, " + counts,
                        "KiB",
                        sshd / effort.idleAtSshd() / KIBI,
                        (all.all() - few.all()) / each,
                        new Goal.AtMost(1 / 15.0)),
                new Row("of it heap in use", "KiB", Double.NaN, (all.heap() - few.heap()) / each, Goal.NONE));
    }

    private static Memory ofGateway(long pid) throws IOException, InterruptedException {
        long heap = Heap.inUse(pid);
        return new Memory(heap, proportional(List.of(pid)));
    }

    /** Looks at a server while it has so many connections. */
    private interface Look<T> {
        T look() throws IOException, InterruptedException;
    }

    private static <T> T hold(Server server, int count, Look<T> look) throws IOException, InterruptedException {
        List<Connection> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                open.add(server.connect());
            }
            return look.look();
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    /** Bytes of the proportional set size of processes. */
    static long proportional(List<Long> processes) throws IOException {
        long kibibytes = 0;
        for (long pid : processes) {
            Path rollup = Path.of("/proc", String.valueOf(pid), "smaps_rollup");
            kibibytes += Files.readAllLines(rollup).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
        return kibibytes * KIBI;
    }
}
