package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LimitTest {
    private static final LogLimits LIMITS = new LogLimits(64 << 10);
    private static final Pattern LEFT_OUT = Pattern.compile("\\[… (\\d+) bytes left out here …]\n");

    @TempDir
    Path folder;

    private LogStore store;
    private BuildLog log;

    @BeforeEach
    void open() throws IOException {
        store = new LogStore(folder, LIMITS);
        log = store.create(1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theLimitHasALeast() {
        assertThrows(IllegalArgumentException.class, () -> new LogLimits(LogLimits.LEAST - 1));
    }

    @Test
    void headAndTailAreKeptAndTheMiddleIsCounted() throws IOException {
        StringBuilder printed = new StringBuilder();
        try (LogWriter writer = log.writer()) {
            for (int i = 0; i < 3000; i++) {
                String line = "line %095d\n".formatted(i);
                printed.append(line);
                print(writer, "test", Stream.OUT, line);
            }
            writer.system(0, "failed");
            writer.end(BuildState.FAILED);
        }
        String[] parts = LEFT_OUT.split(Reader.text(log, LogSelection.ALL), 2);
        String head = parts[0].substring(0, parts[0].indexOf("[the log has become long"));
        assertTrue(printed.toString().startsWith(head.strip()));
        assertTrue(head.length() > LIMITS.bytes() / 2, head.length() + " bytes of head");
        assertTrue(parts[0].contains("KiB printed so far]\n"), parts[0]);
        String tail = parts[1].substring(0, parts[1].indexOf("failed\n"));
        assertTrue(printed.toString().endsWith(tail));
        assertTrue(tail.startsWith("line "), tail);
        assertTrue(tail.length() > LIMITS.bytes() / 16, tail.length() + " bytes of tail");
        assertEquals(printed.length(), Reader.text(log, LogSelection.printed()).length() + leftOut());
        assertTrue(space() <= LIMITS.bytes() + 4096, space() + " bytes of disk");
    }

    private long leftOut() throws IOException {
        Matcher matcher = LEFT_OUT.matcher(Reader.text(log));
        assertTrue(matcher.find());
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void whatIsJustOverTheHeadIsNotCut() throws IOException {
        Script script = new Script(3, "test", "lint");
        try (LogWriter writer = log.writer()) {
            while (!Files.exists(folder.resolve("1.tail"))) {
                script.print(writer, 1);
            }
            script.print(writer, 50);
            writer.end(BuildState.SUCCEEDED);
        }
        assertFalse(LEFT_OUT.matcher(Reader.text(log)).find());
        for (String job : List.of("test", "lint")) {
            LogSelection selection =
                    new LogSelection(Optional.of(job), LogSelection.printed().streams());
            assertEquals(new String(script.bytes(selection, 0), StandardCharsets.UTF_8), Reader.text(log, selection));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void jobsAndStreamsAreKeptApartInTheTail(long seed) throws IOException {
        Script script = new Script(seed, "test", "lint");
        try (LogWriter writer = log.writer()) {
            script.print(writer, 3000);
            writer.end(BuildState.SUCCEEDED);
        }
        for (String job : List.of("test", "lint")) {
            for (Stream stream : Stream.values()) {
                LogSelection selection = new LogSelection(Optional.of(job), EnumSet.of(stream));
                byte[] whole = script.bytes(selection, 0);
                byte[] kept = Reader.bytes(log.raw(selection, false), 0, 500);
                assertHeadAndTail(whole, kept, stream);
            }
        }
    }

    /** That {@code kept} is a beginning of {@code whole}, then an end of it that begins with a line. */
    private static void assertHeadAndTail(byte[] whole, byte[] kept, Stream stream) {
        String all = new String(whole, StandardCharsets.ISO_8859_1);
        String seen = new String(kept, StandardCharsets.ISO_8859_1);
        if (stream == Stream.SYSTEM) { // newlines that were added before a line depend on what was left out
            all = all.replaceAll("\n+", "\n");
            seen = seen.replaceAll("\n+", "\n");
        }
        int head = 0;
        while (head < seen.length() && seen.charAt(head) == all.charAt(head)) {
            head++;
        }
        boolean found = false;
        for (int at = head; at > 0 && !found; at--) {
            String tail = seen.substring(at);
            found = all.endsWith(tail) && (tail.isEmpty() || all.charAt(all.length() - tail.length() - 1) == '\n');
        }
        assertTrue(found, () -> "not a head and a tail: " + seen0(kept));
    }

    private static String seen0(byte[] kept) {
        return new String(kept, StandardCharsets.UTF_8);
    }

    @Test
    void aTailWithoutLinesIsKeptToo() throws IOException {
        try (LogWriter writer = log.writer()) {
            for (int i = 0; i < 300; i++) {
                print(writer, "test", Stream.OUT, "x".repeat(1000));
            }
            writer.end(BuildState.SUCCEEDED);
        }
        assertEquals(300_000, Reader.text(log, LogSelection.printed()).length() + leftOut());
        assertTrue(Reader.text(log, LogSelection.printed()).length() > LIMITS.bytes() / 4 * 3);
    }

    @Test
    void oneByteAtATimeFromTwoStreamsIsBounded() throws IOException {
        ByteBuffer one = ByteBuffer.wrap(new byte[] {'\n'});
        try (LogWriter writer = log.writer()) {
            int job = writer.job("test");
            for (int i = 0; i < 100_000; i++) {
                writer.append(job, i % 2 == 0 ? Stream.OUT : Stream.ERR, one.rewind());
                if (i % 1000 == 0) {
                    assertTrue(space() <= LIMITS.bytes() + 4096, space() + " bytes of disk");
                }
            }
            writer.end(BuildState.SUCCEEDED);
        }
        assertTrue(space() <= LIMITS.bytes() + 4096, space() + " bytes of disk");
        assertEquals(100_000, Reader.text(log, LogSelection.printed()).length() + leftOut());
    }

    @Test
    void followersSeeTheSameAsLaterReaders() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                LogWriter writer = log.writer()) {
            Future<byte[]> follower = threads.submit(() -> Reader.bytes(log.raw(LogSelection.ALL, true), 0, 999));
            new Script(4, "test").print(writer, 5000);
            writer.end(BuildState.SUCCEEDED);
            assertEquals(Reader.text(log), new String(follower.get(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aCutLogIsWrittenOnByTheNextWriter() throws IOException {
        try (LogWriter writer = log.writer()) {
            for (int i = 0; i < 500; i++) {
                print(writer, "test", Stream.OUT, "%0199d\n".formatted(i));
            }
        }
        store.close();
        try (LogStore again = new LogStore(folder, LIMITS)) {
            log = again.open(1);
            try (LogWriter writer = log.writer()) {
                writer.system(0, "started anew");
                print(writer, "test", Stream.OUT, "second try\n");
                writer.end(BuildState.SUCCEEDED);
            }
            assertTrue(Reader.text(log).endsWith("%0199d\nstarted anew\nsecond try\n".formatted(499)));
            assertEquals(
                    500 * 200 + 11, Reader.text(log, LogSelection.printed()).length() + leftOut());
        }
    }

    private long space() throws IOException {
        long sum = 0;
        for (String file : List.of("1.log", "1.idx", "1.tail", "1.tail.old")) {
            Path path = folder.resolve(file);
            sum += Files.exists(path) ? Files.size(path) : 0;
        }
        return sum;
    }

    private static void print(LogWriter writer, String job, Stream stream, String text) throws IOException {
        writer.append(writer.job(job), stream, StandardCharsets.UTF_8.encode(text));
    }
}
