package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import io.sallyport.bench.lean.OpenChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * Many follow the log of one build that prints 5,000 lines of 100 bytes a second, each on a connection of its own, and one of them does not
 * read until the build is over. How late a line is, is the time at which it was read and decrypted less that which its
 * printer has written into it: of each piece that comes, its first line.
 */
final class Followers implements Measure {
    private static final int SECONDS = 25;

    /** Until what both sides do most is compiled: as other measures have rounds that do not count. */
    private static final int WARM_UP = 5;

    private static final int UNTIL_ALL_ARE_THERE = 5;
    private static final int CONNECTIONS_A_SECOND = 40;
    private static final int LINE = 100;
    private static final int LINES_A_SECOND = 5000;
    private static final double LATEST = 100;
    private static final double MEBI = 1 << 20;
    private static final int DIGITS = 13;
    private static final double PERCENT_99 = 0.99;

    /** In the sandbox: prints when told so by the clock, so that a slow log would make it late, and shows. */
    private static final String PRINTER = """
            import sys, time
            start = time.time()
            for tick in range(%d):
                now = b"%%013d " %% int(time.time() * 1000)
                sys.stdout.buffer.write((now + b"x" * %d + b"\\n") * %d)
                sys.stdout.buffer.flush()
                time.sleep(max(0, start + (tick + 1) / 100 - time.time()))
            """.formatted(SECONDS * 100, LINE - DIGITS - 2, LINES_A_SECOND / 100);

    /** What one has got. */
    private record Got(long bytes, long checksum, List<Integer> lateAtFirst, List<Integer> late) {}

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        int many = contest.effort().followers();
        Path folder = Files.createDirectories(contest.place().file("printer"));
        Files.writeString(folder.resolve("print.py"), PRINTER);
        Path archive = Sources.pack(
                contest.place(),
                "printer",
                "script: [sleep " + (UNTIL_ALL_ARE_THERE + many / CONNECTIONS_A_SECOND) + ", python3 print.py]\n");
        Gateway gateway = contest.gatewayProcess();
        long pid = gateway.pid();
        List<Connection> connections = new ArrayList<>();
        try (Connection control = contest.gateway().connect();
                Connection stopped = contest.gateway().connect();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long id = Json.number(Gateway.ask(control, "submit " + Gateway.PROJECT, Files.readAllBytes(archive)), "id");
            String request = "GET /builds/" + id + "/log follow=true stream=out";
            OpenChannel lazy = stopped.channel("exec", request);
            List<Future<Got>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                Connection connection = contest.gateway().connect();
                connections.add(connection);
                OpenChannel channel = connection.channel("exec", request);
                all.add(threads.submit(() -> read(channel)));
            }
            double heapBefore = Heap.inUse(pid);
            Duration before = gateway.processorTime();
            Got first = result(all.getFirst());
            double cores = gateway.processorTime().minus(before).toMillis() / 1000.0 / SECONDS;
            double heap = Heap.inUse(pid);
            int[] late = late(all, first, Got::late);
            int[] lateAtFirst = late(all, first, Got::lateAtFirst);
            Got last = read(lazy);
            if (last.bytes() != first.bytes() || last.checksum() != first.checksum()) {
                throw new IOException("the one that stopped has got other bytes");
            }
            return List.of(
                    new Row(
                            "lag of a line, " + many + " followers, 99 of 100 are below",
                            "ms",
                            Double.NaN,
                            late[(int) (late.length * PERCENT_99)],
                            new Goal.Ceiling(LATEST)),
                    new Row(
                            "the same in the first " + WARM_UP + " seconds",
                            "ms",
                            Double.NaN,
                            lateAtFirst[(int) (lateAtFirst.length * PERCENT_99)],
                            Goal.NONE),
                    new Row("half are below", "ms", Double.NaN, late[late.length / 2], Goal.NONE),
                    new Row("processors that the gateway takes for it", "", Double.NaN, cores, new Goal.Ceiling(1)),
                    new Row(
                            "heap in use afterwards, less before, while one has not read",
                            "MiB",
                            Double.NaN,
                            (heap - heapBefore) / MEBI,
                            Goal.NONE));
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static int[] late(List<Future<Got>> all, Got first, Function<Got, List<Integer>> which)
            throws IOException, InterruptedException {
        List<Integer> late = new ArrayList<>();
        for (Future<Got> each : all) {
            Got got = result(each);
            if (got.bytes() != (long) SECONDS * LINES_A_SECOND * LINE || got.checksum() != first.checksum()) {
                throw new IOException("a follower has got " + got.bytes() + " bytes");
            }
            late.addAll(which.apply(got));
        }
        return late.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static Got read(OpenChannel channel) throws IOException {
        CRC32 checksum = new CRC32();
        long bytes = 0;
        List<Integer> lateAtFirst = new ArrayList<>();
        List<Integer> late = new ArrayList<>();
        long begun = Long.MAX_VALUE;
        for (byte[] chunk = channel.chunk(); chunk != null; chunk = channel.chunk()) {
            int line = (int) ((LINE - bytes % LINE) % LINE);
            if (line + DIGITS <= chunk.length) {
                String printed = new String(chunk, line, DIGITS, StandardCharsets.US_ASCII);
                long at = Long.parseLong(printed);
                begun = Math.min(begun, at);
                (at < begun + WARM_UP * 1000 ? lateAtFirst : late).add((int) (System.currentTimeMillis() - at));
            }
            checksum.update(chunk);
            bytes += chunk.length;
        }
        return new Got(bytes, checksum.getValue(), lateAtFirst, late);
    }

    private static Got result(Future<Got> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException("a follower has lost its connection", e);
        }
    }
}
