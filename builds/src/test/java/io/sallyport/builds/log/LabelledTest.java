package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.BuildState;
import io.sallyport.builds.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log with the names of its jobs before the lines. */
class LabelledTest {
    @TempDir
    Path folder;

    private LogStore store;
    private BuildLog log;
    private LogWriter writer;

    @BeforeEach
    void open() throws IOException {
        store = new LogStore(folder, LogLimits.DEFAULT, () -> Instant.ofEpochMilli(1_800_000_000_000L));
        log = store.create(1);
        writer = log.writer();
    }

    @AfterEach
    void close() throws IOException {
        writer.close();
        store.close();
    }

    private void out(String job, String text) throws IOException {
        writer.append(writer.job(job), Stream.OUT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String labelled(long offset, int room) throws IOException {
        return text(log.labelled(LogSelection.ALL, false), offset, room);
    }

    private static String text(Content content, long offset, int room) throws IOException {
        return new String(Reader.bytes(content, offset, room), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 8192})
    void eachLineOfAJobBeginsWithItsName(int room) throws IOException {
        writer.system(0, "build 1 of web");
        out("unit", "one\ntwo\n\nthr");
        out("unit", "ee\n");
        writer.system(writer.job("lint"), "$ lint");
        out("unit", "four\n");
        assertEquals(
                "build 1 of web\nunit | one\nunit | two\nunit | \nunit | three\nlint | $ lint\nunit | four\n",
                labelled(0, room));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 4096})
    void aJobInTheMiddleOfALineBeginsOneOfItsOwn(int room) throws IOException {
        out("a", "part 1 of ");
        out("b", "part 1 of ");
        out("a", "a\n");
        out("b", "b");
        writer.system(0, "build 1 failed");
        assertEquals("a | part 1 of \nb | part 1 of \na | a\nb | b\nbuild 1 failed\n", labelled(0, room));
    }

    @Test
    void anOffsetIsAByteOfTheLogAndTheRestOfALineIsLabelledToo() throws IOException {
        out("a", "one\n");
        out("b", "two\nthree\n");
        assertEquals("b | two\nb | three\n", labelled(4, 100));
        assertEquals("b | wo\nb | three\n", labelled(5, 100));
        assertEquals("", labelled(14, 100));
    }

    @Test
    void aProgressThatIsWrittenOverIsLabelledWhereItIsShownAsLines() throws IOException {
        out("a", "10%\r20%\r\r\ndone\r\n");
        out("a", "x\r");
        out("b", "y\n");
        assertEquals("a | 10%\ra | 20%\r\r\na | done\r\na | x\r\nb | y\n", labelled(0, 100));
    }

    @Test
    void onlyWhatIsSelectedIsThere() throws IOException {
        out("a", "one\n");
        writer.system(writer.job("a"), "said");
        out("b", "two\n");
        LogSelection printed = new LogSelection(Optional.empty(), EnumSet.of(Stream.OUT));
        assertEquals("a | one\nb | two\n", text(log.labelled(printed, false), 0, 100));
        assertEquals(OptionalLong.empty(), log.labelled(printed, false).size());
    }

    @Test
    void aFollowerSeesABeginningOfALineAtOnce() throws IOException {
        try (ReadableByteChannel in = log.labelled(LogSelection.ALL, true).open(0)) {
            out("a", "password: ");
            assertEquals("a | password: ", Reader.exactly(in, 14));
            out("b", "x\n");
            assertEquals("\nb | x\n", Reader.exactly(in, 7));
            writer.end(BuildState.SUCCEEDED);
            assertEquals(-1, in.read(ByteBuffer.allocate(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void withoutTheLabelsItIsTheLogFromEveryOffset(long seed) throws IOException {
        Script script = new Script(seed, "test", "lint");
        script.print(writer, 25);
        byte[] all = script.bytes();
        for (int offset = 0; offset <= all.length; offset++) {
            byte[] raw = Reader.bytes(log.raw(LogSelection.ALL, false), offset, 100);
            byte[] read = Reader.bytes(log.labelled(LogSelection.ALL, false), offset, 1 + offset % 90);
            // Bytes as characters: some of what is printed is no UTF-8.
            String shown = new String(read, StandardCharsets.ISO_8859_1).replaceAll("(?:test|lint) \\| ", "");
            String wanted = new String(raw, StandardCharsets.ISO_8859_1);
            assertEquals(wanted.replace("\n", ""), shown.replace("\n", ""));
            assertTrue(shown.length() >= wanted.length());
        }
    }
}
