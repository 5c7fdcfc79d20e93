package io.sallyport.builds.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures by hand, prints figures, asserts nothing: MiB per second of one core, of one stream in writes of 8 KiB, behind masks of more and
 * more values. Run it with the test classpath.
 */
final class Measurement {
    private static final int ROUNDS = 5;
    private static final int SIZE = 64 << 20;
    private static final int WRITE = 8 << 10;

    private final Random random = new Random(1);

    private Measurement() {}

    public static void main(String[] arguments) throws Exception {
        new Measurement().run();
    }

    private void run() throws Exception {
        for (int count : new int[] {1, 10, 100}) {
            List<String> secrets = secrets(count);
            long begin = cpu();
            Mask mask = Mask.of(secrets);
            System.out.printf(Locale.ROOT, "%d values: mask made in %.1f ms%n", count, (cpu() - begin) / 1e6);
            measure("lines of a build tool", mask, lines("[INFO] Compiling io.sallyport.builds.mask in 1234 ms"));
            measure("base64", mask, lines(base64(57)));
            measure("JSON", mask, lines("{\"time\":\"2026-11-20T12:00:00Z\",\"text\":\"a \\\"word\\\"\\n\",\"n\":12}"));
            measure("addresses", mask, lines("GET /a%20b/c?d=e%2Ff&g=%41%42%43 200"));
            measure("random bytes", mask, bytes());
            measure("the beginnings of values", mask, lines(secrets.getFirst().substring(0, 15)));
            measure("values", mask, lines(secrets.getFirst()));
        }
        measure("one sign, of which a value is made", Mask.of(List.of("a".repeat(1000))), lines("a".repeat(999)));
    }

    private List<String> secrets(int count) {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            secrets.add(i % 10 == 9 ? pem() : base64(24));
        }
        return secrets;
    }

    private String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(random(1700))
                + "\n-----END PRIVATE KEY-----\n";
    }

    private String base64(int bytes) {
        return Base64.getEncoder().encodeToString(random(bytes));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] bytes() {
        return random(SIZE);
    }

    /** Of this thread: others may work on the machine. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static byte[] lines(String line) {
        return (line + "\n").repeat(SIZE / (line.length() + 1)).getBytes(UTF_8);
    }

    private static void measure(String what, Mask mask, byte[] text) throws Exception {
        double best = 0;
        long given = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long[] sum = new long[1];
            MaskedStream stream = mask.stream();
            MaskedStream.Target target = part -> sum[0] += part.remaining();
            long begin = cpu();
            for (int at = 0; at < text.length; at += WRITE) {
                stream.take(ByteBuffer.wrap(text, at, Math.min(WRITE, text.length - at)), target);
            }
            stream.end(target);
            double seconds = (cpu() - begin) / 1e9;
            best = Math.max(best, text.length / seconds / (1 << 20));
            given = sum[0];
        }
        System.out.printf(Locale.ROOT, "  %-40s %7.0f MiB/s  (%d of %d bytes)%n", what, best, given, text.length);
    }
}
