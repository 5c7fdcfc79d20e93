package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as a crash may leave them, made by hand. {@link KillTest} makes them by killing. */
class CrashTest {
    private static final LogLimits SMALL = new LogLimits(16 << 10);

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private int checks;
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.addAndGet(7));

    @Test
    void lostBytesTakeTheirMarksWithThem() throws IOException {
        Script script = write(21);
        byte[] data = Files.readAllBytes(file("log"));
        byte[] index = Files.readAllBytes(file("idx"));
        for (int length = 0; length <= data.length; length++) {
            restore("log", Arrays.copyOf(data, length));
            restore("idx", index);
            assertGoesOn(script, length, length);
        }
    }

    @Test
    void afterAPowerCutZerosInPlaceOfBytesAreCutOffAndNothingThatIsOnTheDisk() throws IOException {
        Script script = write(25);
        byte[] data = Files.readAllBytes(file("log"));
        byte[] index = Files.readAllBytes(file("idx"));
        for (int length = 1; length <= data.length; length += 7) {
            if (data[length - 1] == 0) {
                continue; // the script itself has printed zeros
            }
            byte[] zeroed = Arrays.copyOf(Arrays.copyOf(data, length), data.length + 5000);
            restore("log", zeroed);
            restore(
                    "idx",
                    ByteBuffer.wrap(index.clone())
                            .putLong(IndexHeader.BOOT, 1)
                            .putLong(IndexHeader.SYNCED, 0)
                            .array());
            assertGoesOn(script, length, length);

            long synced = length + 100;
            restore("log", zeroed);
            restore(
                    "idx",
                    ByteBuffer.wrap(index.clone())
                            .putLong(IndexHeader.BOOT, 1)
                            .putLong(IndexHeader.SYNCED, synced)
                            .array());
            assertEquals(synced, Repair.of(new LogFiles(folder, 1)).bytes());

            restore("log", zeroed);
            restore("idx", index);
            assertEquals(
                    zeroed.length,
                    Repair.of(new LogFiles(folder, 1)).bytes(),
                    "killed, in the same life of the machine");
        }
    }

    @Test
    void lostMarksTakeNoBytesWithThem() throws IOException {
        Script script = write(22);
        byte[] data = Files.readAllBytes(file("log"));
        byte[] index = Files.readAllBytes(file("idx"));
        for (int length = 0; length <= index.length; length++) {
            restore("log", data);
            restore("idx", Arrays.copyOf(index, length));
            assertGoesOn(script, data.length, attributed(index, length));
        }
    }

    @Test
    void zerosInPlaceOfMarksAreNoMarks() throws IOException {
        Script script = write(23);
        byte[] data = Files.readAllBytes(file("log"));
        byte[] index = Files.readAllBytes(file("idx"));
        for (int length = IndexHeader.BYTES; length <= index.length; length += Mark.BYTES) {
            restore("log", data);
            restore("idx", Arrays.copyOf(Arrays.copyOf(index, length), index.length));
            assertGoesOn(script, data.length, attributed(index, length));
        }
    }

    /** Up to where the bytes are told apart by the marks in that much of an index: the end of the last but one. */
    private static int attributed(byte[] index, int length) {
        int marks = Math.max(0, length - IndexHeader.BYTES) / Mark.BYTES;
        int all = (index.length - IndexHeader.BYTES) / Mark.BYTES;
        int known = IndexHeader.BYTES + marks * Mark.BYTES;
        return marks == all
                ? Integer.MAX_VALUE
                : (int) Mark.get(ByteBuffer.wrap(index, known, Mark.BYTES))
                        .orElseThrow()
                        .offset();
    }

    @Test
    void anyMixtureOfTornFilesIsALog() throws IOException {
        Script script = write(24);
        byte[] data = Files.readAllBytes(file("log"));
        byte[] index = Files.readAllBytes(file("idx"));
        Random random = new Random(24);
        for (int i = 0; i < 100; i++) {
            int length = random.nextInt(data.length + 1);
            restore("log", Arrays.copyOf(data, length));
            restore("idx", Arrays.copyOf(index, random.nextInt(index.length + 1)));
            assertGoesOn(script, length, 0);
        }
    }

    @Test
    void aTornNameIsOfAJobThatNeverPrinted() throws IOException {
        Script script = write(25);
        Files.write(file("jobs"), new byte[] {0, 9, 'u', 'n', 'u', 's'}, StandardOpenOption.APPEND);
        assertGoesOn(script, script.bytes().length, Integer.MAX_VALUE);
    }

    private Script write(long seed) throws IOException {
        Script script = new Script(seed, "test", "lint");
        try (LogStore store = new LogStore(folder, LogLimits.DEFAULT, clock);
                LogWriter writer = store.create(1).writer()) {
            script.print(writer, 12);
        }
        return script;
    }

    /** That the log has the script's first bytes, knows whose the first of them are, and can be written on and ended. */
    private void assertGoesOn(Script script, int length, int attributed) throws IOException {
        byte[] bytes = Arrays.copyOf(script.bytes(), length);
        try (LogStore store = new LogStore(folder, LogLimits.DEFAULT, clock)) {
            BuildLog log = store.open(1);
            assertArrayEquals(bytes, Reader.bytes(log.raw(LogSelection.ALL, false), 0, 8192));
            for (LogItem item : Reader.items(log.records(LogSelection.ALL, 0, false))) {
                LogRecord line = (LogRecord) item;
                if (line.offset() < attributed) {
                    assertEquals(new Script.Source(line.job(), line.stream()), script.source((int) line.offset()));
                }
            }
            if (checks++ % 8 == 0) { // each one waits for the disk
                assertIsWrittenOn(log, bytes);
            }
        }
    }

    private static void assertIsWrittenOn(BuildLog log, byte[] bytes) throws IOException {
        try (LogWriter writer = log.writer()) {
            writer.system(0, "started anew");
            writer.append(writer.job("third"), Stream.OUT, StandardCharsets.UTF_8.encode("again"));
            writer.end(BuildState.ERRORED);
        }
        boolean midLine = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
        byte[] added = Reader.bytes(log.raw(LogSelection.ALL, false), bytes.length, 100);
        assertEquals((midLine ? "\n" : "") + "started anew\nagain", new String(added, StandardCharsets.UTF_8));
        LogSelection third = new LogSelection(Optional.of("third"), LogSelection.ALL.streams());
        assertEquals("again", Reader.text(log, third));
        assertEquals(Optional.of(BuildState.ERRORED), log.end());
    }

    @Test
    void anInterruptedMergeIsUndoneAndDoneAgain() throws IOException {
        try (LogStore store = new LogStore(folder, SMALL, clock);
                LogWriter writer = store.create(1).writer()) {
            new Script(25, "test", "lint").print(writer, 3000);
        }
        String before;
        try (LogStore store = new LogStore(folder, SMALL, clock)) {
            before = Reader.text(store.open(1));
        }
        Extent extent = Repair.of(new LogFiles(folder, 1));
        try (LogAppender appender = new LogAppender(new LogFiles(folder, 1), extent)) {
            appender.beginMerge();
            for (int i = 0; i < 100; i++) {
                appender.append(now.addAndGet(20), 1, Stream.OUT, new byte[] {'x', '\n'}, 0, 2);
            }
        }
        try (LogStore store = new LogStore(folder, SMALL, clock)) {
            assertEquals(before, Reader.text(store.open(1)));
            try (LogWriter writer = store.open(1).writer()) {
                writer.end(BuildState.CANCELED);
            }
            String after = Reader.text(store.open(1));
            assertTrue(after.startsWith(before));
            assertTrue(after.substring(before.length()).strip().startsWith("[… "), after);
        }
        assertTrue(Files.notExists(file("tail")) && Files.notExists(file("tail.old")));
    }

    @Test
    void aTornTailIsKeptAsFarAsItIsWhole() throws IOException {
        try (LogStore store = new LogStore(folder, SMALL, clock);
                LogWriter writer = store.create(1).writer()) {
            int job = writer.job("test");
            for (int i = 0; Files.notExists(file("tail.old")) || Files.size(file("tail")) < 500; i++) {
                writer.append(job, Stream.OUT, StandardCharsets.UTF_8.encode("line " + i + "\n"));
            }
        }
        byte[] data = Files.readAllBytes(file("log"));
        byte[] index = Files.readAllBytes(file("idx"));
        byte[] tail = Files.readAllBytes(file("tail"));
        byte[] older = Files.readAllBytes(file("tail.old"));
        for (int length = 0; length <= tail.length; length += 13) {
            restore("log", data);
            restore("idx", index);
            restore("tail", Arrays.copyOf(tail, length));
            restore("tail.old", older);
            try (LogStore store = new LogStore(folder, SMALL, clock);
                    LogWriter writer = store.open(1).writer()) {
                writer.system(0, "started anew");
                writer.end(BuildState.CANCELED);
                String text = Reader.text(store.open(1));
                assertTrue(text.matches("(?s).*ends]\n.*line \\d+\nstarted anew\n"), text);
            }
        }
    }

    @Test
    void aForeignOrNewerIndexIsRefused() throws IOException {
        write(26);
        byte[] index = Files.readAllBytes(file("idx"));
        index[7]++;
        restore("idx", index);
        try (LogStore store = new LogStore(folder, LogLimits.DEFAULT)) {
            assertThrows(IOException.class, () -> store.open(1).size());
        }
        assertArrayEquals(index, Files.readAllBytes(file("idx")));
    }

    private Path file(String kind) {
        return folder.resolve("1." + kind);
    }

    private void restore(String kind, byte[] bytes) throws IOException {
        Files.write(file(kind), bytes, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
