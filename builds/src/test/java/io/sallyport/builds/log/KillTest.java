package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.BuildState;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process, really killed (SIGKILL), in the middle of writing and ending logs that are cut. */
@Timeout(60)
class KillTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatAFollowerWasGivenStays(long seed) throws Exception {
        Map<Long, ByteArrayOutputStream> given = new TreeMap<>();
        int enough = 20_000 + new Random(seed).nextInt(300_000);
        Process victim = start(seed);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(victim.getInputStream()))) {
            int sum = 0;
            while (true) {
                long build = in.readLong();
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                given.computeIfAbsent(build, number -> new ByteArrayOutputStream())
                        .writeBytes(bytes);
                sum += bytes.length;
                if (sum >= enough) {
                    victim.toHandle().destroyForcibly(); // what it has said can still be read
                }
            }
        } catch (EOFException e) {
            assertEquals(128 + 9, victim.waitFor());
        } finally {
            victim.destroyForcibly().waitFor();
        }
        assertTrue(given.size() > 0);
        try (LogStore store = new LogStore(folder, new LogLimits(32 << 10))) {
            for (Map.Entry<Long, ByteArrayOutputStream> each : given.entrySet()) {
                assertStays(store.open(each.getKey()), each.getValue().toByteArray());
            }
        }
    }

    private static void assertStays(BuildLog log, byte[] given) throws IOException {
        assertBegins(given, log);
        if (log.end().isPresent()) {
            return;
        }
        try (LogWriter writer = log.writer()) {
            writer.system(0, "started anew");
            assertBegins(given, log);
            writer.end(BuildState.ERRORED);
        }
        assertBegins(given, log);
        String text = Reader.text(log);
        assertTrue(text.endsWith("\nstarted anew\n"), () -> text.substring(Math.max(0, text.length() - 300)));
    }

    private static void assertBegins(byte[] given, BuildLog log) throws IOException {
        byte[] bytes = Reader.bytes(log.raw(LogSelection.ALL, false), 0, 65_536);
        assertArrayEquals(given, Arrays.copyOf(bytes, given.length));
    }

    private Process start(long seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        Victim.class.getName(),
                        folder.toString(),
                        Long.toString(seed))
                .redirectError(Files.createTempFile(folder, "stderr", ".txt").toFile())
                .start();
    }
}
