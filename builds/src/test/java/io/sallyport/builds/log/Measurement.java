package io.sallyport.builds.log;

import com.sun.management.OperatingSystemMXBean;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Content;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Measures by hand, prints figures, asserts nothing: {@code followers COUNT SECONDS RAW|FILTERED|RECORDS}, a log of 5,000
 * lines of 100 bytes a second; or {@code throughput MIB}, writing and reading one log. Run it with the test classpath.
 */
final class Measurement {
    private static final int LINE = 100;
    private static final int RATE = 5000;

    private Measurement() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("log-measurement");
        try (LogStore store = new LogStore(folder, new LogLimits(8L << 30))) {
            switch (arguments[0]) {
                case "followers" ->
                    followers(
                            store.create(1),
                            Integer.parseInt(arguments[1]),
                            Integer.parseInt(arguments[2]),
                            arguments[3]);
                case "throughput" -> throughput(store.create(1), Integer.parseInt(arguments[1]));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void followers(BuildLog log, int count, int seconds, String kind) throws Exception {
        long[] written = new long[RATE * seconds];
        AtomicIntegerArray lags = new AtomicIntegerArray(20_000); // reads by lag in tenths of ms
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    if (kind.equals("RECORDS")) {
                        records(log, written, lags);
                    } else {
                        bytes(log, written, kind, lags);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                } finally {
                    done.countDown();
                }
            });
        }
        byte[] line = new byte[LINE];
        Arrays.fill(line, (byte) 'x');
        line[LINE - 1] = '\n';
        long cpu = cpu();
        long start = System.nanoTime();
        try (LogWriter writer = log.writer()) {
            int job = writer.job("test");
            for (int i = 0; i < written.length; i++) {
                long due = start + i * 1_000_000_000L / RATE;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                written[i] = System.nanoTime();
                writer.append(job, Stream.OUT, ByteBuffer.wrap(line));
            }
            writer.end(BuildState.SUCCEEDED);
        }
        done.await();
        double wall = (System.nanoTime() - start) / 1e9;
        long reads = IntStream.range(0, lags.length()).mapToLong(lags::get).sum();
        System.out.printf(
                Locale.ROOT,
                "%d %s followers, %d lines/s: %.2f s, %.2f cores, reads %d, lag of a read's first line in ms:"
                        + " p50 %.1f p99 %.1f max %.1f, heap %d MiB%n",
                count,
                kind,
                RATE,
                wall,
                (cpu() - cpu) / 1e9 / wall,
                reads,
                percentile(lags, reads / 2),
                percentile(lags, reads - reads / 100),
                percentile(lags, reads),
                Runtime.getRuntime().totalMemory() >> 20);
    }

    private static double percentile(AtomicIntegerArray lags, long rank) {
        int lag = -1;
        for (long seen = 0; seen < rank; ) {
            seen += lags.get(++lag);
        }
        return lag / 10.0;
    }

    private static void note(AtomicIntegerArray lags, long since) {
        lags.incrementAndGet((int) Math.min(lags.length() - 1, (System.nanoTime() - since) / 100_000));
    }

    private static void bytes(BuildLog log, long[] written, String kind, AtomicIntegerArray lags) throws IOException {
        Content content = log.raw(kind.equals("RAW") ? LogSelection.ALL : LogSelection.printed(), true);
        long position = 0;
        ByteBuffer buffer = ByteBuffer.allocate(32 << 10);
        try (ReadableByteChannel in = content.open(0)) {
            for (int read = in.read(buffer.clear()); read >= 0; read = in.read(buffer.clear())) {
                note(lags, written[(int) (position / LINE)]);
                position += read;
            }
        }
        check(position, written);
    }

    private static void records(BuildLog log, long[] written, AtomicIntegerArray lags) throws IOException {
        long position = 0;
        try (LogRecords records = log.records(LogSelection.ALL, 0, true)) {
            while (records.next() instanceof LogRecord line) {
                note(lags, written[(int) (line.offset() / LINE)]);
                position += line.bytes();
            }
        }
        check(position, written);
    }

    private static void check(long position, long[] written) {
        if (position != (long) written.length * LINE) {
            throw new IllegalStateException("only " + position + " bytes");
        }
    }

    private static void throughput(BuildLog log, int mib) throws IOException {
        byte[] chunk = new byte[64 << 10];
        Arrays.fill(chunk, (byte) 'y');
        for (int i = LINE; i < chunk.length; i += LINE) {
            chunk[i] = '\n';
        }
        long start = System.nanoTime();
        try (LogWriter writer = log.writer()) {
            int job = writer.job("test");
            for (int i = 0; i < mib * 16; i++) {
                writer.append(job, i % 100 == 0 ? Stream.ERR : Stream.OUT, ByteBuffer.wrap(chunk));
            }
            say("written", mib, start);
            writer.end(BuildState.SUCCEEDED);
        }
        say("written and durable", mib, start);
        for (int round = 0; round < 2; round++) {
            read("raw, direct 64 KiB", log.raw(LogSelection.ALL, true), mib, ByteBuffer.allocateDirect(64 << 10));
            read("raw, heap 64 KiB", log.raw(LogSelection.ALL, true), mib, ByteBuffer.allocate(64 << 10));
            read("raw, heap 32 KiB", log.raw(LogSelection.ALL, true), mib, ByteBuffer.allocate(32 << 10));
            read("filtered", log.raw(LogSelection.printed(), true), mib, ByteBuffer.allocate(64 << 10));
            start = System.nanoTime();
            try (LogRecords records = log.records(LogSelection.ALL, 0, true)) {
                while (records.next() instanceof LogRecord line) {
                    if (line.bytes() == 0) {
                        throw new IllegalStateException();
                    }
                }
            }
            say("records", mib, start);
        }
    }

    private static void read(String what, Content content, int mib, ByteBuffer buffer) throws IOException {
        long start = System.nanoTime();
        long sum = 0;
        try (ReadableByteChannel in = content.open(0)) {
            for (int read = in.read(buffer.clear()); read >= 0; read = in.read(buffer.clear())) {
                sum += read;
            }
        }
        if (sum != (long) mib << 20) {
            throw new IllegalStateException(sum + " bytes");
        }
        say(what, mib, start);
    }

    private static void say(String what, int mib, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%s: %.2f s, %.0f MiB/s%n", what, seconds, mib / seconds);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
