package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.BuildState;
import io.sallyport.builds.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
    private static final List<LogSelection> SELECTIONS = List.of(
            LogSelection.ALL,
            LogSelection.printed(),
            new LogSelection(Optional.empty(), EnumSet.of(Stream.SYSTEM)),
            new LogSelection(Optional.of("lint"), LogSelection.ALL.streams()),
            new LogSelection(Optional.of("test"), EnumSet.of(Stream.ERR)),
            new LogSelection(Optional.of("nobody"), LogSelection.ALL.streams()));

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private LogStore store;

    @BeforeEach
    void open() throws IOException {
        // A clock that goes on by up to 14 ms with every look, so that some appends share a mark and some do not.
        InstantSource clock = () -> Instant.ofEpochMilli(now.addAndGet(now.get() % 15));
        store = new LogStore(folder, LogLimits.DEFAULT, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everySelectionIsExactFromEveryOffset(long seed) throws IOException {
        Script script = new Script(seed, "test", "lint");
        BuildLog log = print(script, 25);
        for (LogSelection selection : SELECTIONS) {
            Content content = log.raw(selection, seed % 2 == 0);
            assertEquals(OptionalLong.of(script.bytes(selection, 0).length), content.size());
            for (int offset = 0; offset <= script.bytes().length + 1; offset++) {
                byte[] wanted = script.bytes(selection, Math.min(offset, script.bytes().length));
                assertArrayEquals(wanted, Reader.bytes(content, offset, 1 + offset % 700));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void recordsFromEveryOffsetAreTheSelectedBytes(long seed) throws IOException {
        Script script = new Script(seed, "test", "lint");
        BuildLog log = print(script, 25);
        for (LogSelection selection : SELECTIONS) {
            for (int offset = 0; offset <= script.bytes().length; offset++) {
                List<LogItem> items = Reader.items(log.records(selection, offset, seed % 2 == 0));
                assertEquals(new LogEnd(script.bytes().length, BuildState.FAILED), items.removeLast());
                assertArrayEquals(script.bytes(selection, offset), joined(script, items, offset));
            }
        }
    }

    private BuildLog print(Script script, int times) throws IOException {
        BuildLog log = store.create(1);
        try (LogWriter writer = log.writer()) {
            script.print(writer, times);
            writer.end(BuildState.FAILED);
        }
        return log;
    }

    /** The records' bytes, after a look at everything else that is true of records. */
    private static byte[] joined(Script script, List<LogItem> items, long from) {
        byte[] all = script.bytes();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        long last = from;
        for (LogItem item : items) {
            LogRecord line = (LogRecord) item;
            assertTrue(line.offset() >= last);
            last = line.offset() + line.bytes();
            byte[] bytes = Arrays.copyOfRange(all, (int) line.offset(), (int) last);
            assertEquals(new String(bytes, StandardCharsets.UTF_8), line.text());
            assertFalse(line.text().stripTrailing().contains("\n"));
            for (long at = line.offset(); at < last; at++) {
                assertEquals(new Script.Source(line.job(), line.stream()), script.source((int) at));
            }
            joined.writeBytes(bytes);
        }
        return joined.toByteArray();
    }

    @Test
    void aRecordHasTheTimeOfItsFirstByte() throws IOException {
        InstantSource clock = () -> Instant.ofEpochMilli(now.get());
        try (LogStore still = new LogStore(folder, LogLimits.DEFAULT, clock)) {
            BuildLog log = still.create(2);
            try (LogWriter writer = log.writer()) {
                long start = now.get();
                writer.append(writer.job("t"), Stream.OUT, utf8("one\ntw"));
                now.addAndGet(1000);
                writer.append(writer.job("t"), Stream.OUT, utf8("o\nthree\n"));
                now.addAndGet(-5000);
                writer.append(writer.job("t"), Stream.OUT, utf8("four\n"));
                List<String> seen = Reader.items(log.records(LogSelection.ALL, 0, false)).stream()
                        .map(item -> (LogRecord) item)
                        .map(line -> line.text().strip() + (line.time().toEpochMilli() - start))
                        .toList();
                assertEquals(List.of("one0", "two0", "three1000", "four-4000"), seen);
            }
        }
    }

    @Test
    void aLongLineIsCutBetweenCharacters() throws IOException {
        BuildLog log = store.create(1);
        String line = "x".repeat(5) + "€".repeat(6000);
        try (LogWriter writer = log.writer()) {
            writer.append(writer.job("t"), Stream.OUT, utf8(line));
            writer.append(writer.job("t"), Stream.OUT, utf8("\n"));
            writer.append(writer.job("t"), Stream.OUT, ByteBuffer.wrap(new byte[20_000]));
            writer.end(BuildState.SUCCEEDED);
        }
        List<LogRecord> records = Reader.items(log.records(LogSelection.ALL, 0, false)).stream()
                .filter(item -> item instanceof LogRecord)
                .map(item -> (LogRecord) item)
                .toList();
        StringBuilder all = new StringBuilder();
        for (LogRecord each : records) {
            assertTrue(each.bytes() <= LogRecords.LONGEST);
            assertFalse(each.text().contains("\ufffd"));
            all.append(each.text());
        }
        assertEquals(line + "\n" + "\0".repeat(20_000), all.toString());
        assertEquals(
                List.of(8192, 8190, 1624, 8192, 8192, 3616),
                records.stream().map(LogRecord::bytes).toList());
    }

    @Test
    void withoutFollowingItIsWhatThereIsAndHasNoEnd() throws IOException {
        BuildLog log = store.create(1);
        try (LogWriter writer = log.writer()) {
            writer.append(writer.job("t"), Stream.OUT, utf8("first\nsec€".substring(0, 9)));
            writer.append(writer.job("t"), Stream.OUT, ByteBuffer.wrap(new byte[] {(byte) 0xe2, (byte) 0x82}));
            Content content = log.raw(LogSelection.ALL, false);
            LogRecords records = log.records(LogSelection.ALL, 0, false);
            writer.append(writer.job("t"), Stream.OUT, utf8("more"));
            assertEquals(OptionalLong.of(11), content.size());
            assertEquals(11, Reader.bytes(content, 0, 100).length);
            List<LogItem> items = Reader.items(records);
            assertEquals(
                    List.of("first\n", "sec"),
                    items.stream().map(item -> ((LogRecord) item).text()).toList());
            assertNull(records.next());
        }
    }

    @Test
    void theSizeIsKnownWhenNothingCanCome() throws IOException {
        BuildLog log = print(new Script(1, "t"), 10);
        assertEquals(
                OptionalLong.of(log.size()), log.raw(LogSelection.ALL, true).size());
        try (LogWriter writer = store.create(2).writer()) {
            writer.append(writer.job("t"), Stream.OUT, utf8("first"));
            assertEquals(
                    OptionalLong.empty(),
                    store.open(2).raw(LogSelection.ALL, true).size());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> log.raw(LogSelection.ALL, true).open(-1));
        assertThrows(IllegalArgumentException.class, () -> log.records(LogSelection.ALL, -1, true));
    }

    private static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }
}
