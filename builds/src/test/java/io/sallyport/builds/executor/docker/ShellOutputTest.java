package io.sallyport.builds.executor.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.log.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellOutputTest {
    private static final OutputMark MARK = OutputMark.of("word", 1);

    private final RecordedOutput output = new RecordedOutput();
    private final ShellOutput shell = new ShellOutput(MARK, List.of("one", "two", "three"), output, false);

    private static String mark(String text) {
        return new String(MARK.prefix(), ISO_8859_1) + text + "\n";
    }

    private void out(String text) throws IOException {
        shell.take(Stream.OUT, ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    private void err(String text) throws IOException {
        shell.take(Stream.ERR, ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    private String inOrder() {
        return output.all().replace("\n", "");
    }

    @Test
    void aCommandIsAnnouncedWhenBothStreamsHaveComeToIt() throws Exception {
        out(mark("begin") + "a" + mark("1") + "c");
        assertEquals("", inOrder());
        err(mark("begin"));
        assertEquals("[$ one]a", inOrder());
        err("b" + mark("1") + "d");
        assertEquals("[$ one]ab[$ two]cd", inOrder());
    }

    @Test
    void howItEndedIsKnownFromBoth() throws Exception {
        out(mark("begin") + mark("end 7"));
        err(mark("begin"));
        assertEquals(OptionalInt.empty(), shell.code());
        err("last words" + mark("end 7"));
        assertEquals(OptionalInt.of(7), shell.code());
        assertEquals("last words", output.err());
    }

    @Test
    void whatIsHeldIsHandedOverAtTheEnd() throws Exception {
        out(mark("begin") + "a" + mark("1") + "b\u001eword");
        err(mark("begin"));
        shell.finish();

        assertEquals("ab\u001eword", output.out());
        assertEquals(OptionalInt.empty(), shell.code());
    }

    @Test
    void whatLooksLikeAMarkIsNone() throws Exception {
        String odd = "\u001e\u001eword \u001eword x\n\u001eword 12345678901234567890\n\u001eword 1";
        out(mark("begin") + odd);
        err(mark("begin"));
        shell.finish();

        assertEquals(odd, output.out());
    }

    @Test
    void madeUpMarksHoldBackNoMoreThanABound() throws Exception {
        err(mark("begin"));
        out(mark("begin") + mark("1"));
        String piece = "x".repeat(64 << 10);
        for (int i = 0; i < 20; i++) {
            out(piece);
        }
        assertEquals(20 * piece.length(), output.out().length());
        err("e" + mark("1") + "f");
        assertEquals("ef", output.err());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13})
    void piecesOfAnyLengthComeToTheSame(int seed) throws Exception {
        Random random = new Random(seed);
        String out = mark("begin") + "a\u001e" + mark("1") + "\u001ewordb" + mark("2") + "c" + mark("end 0");
        String err = mark("begin") + mark("1") + "d" + mark("2") + "\u001e" + mark("end 0");
        int ofOut = 0;
        int ofErr = 0;
        while (ofOut < out.length() || ofErr < err.length()) {
            int more = Math.min(out.length(), ofOut + random.nextInt(seed + 1));
            out(out.substring(ofOut, more));
            ofOut = more;
            more = Math.min(err.length(), ofErr + random.nextInt(seed + 1));
            err(err.substring(ofErr, more));
            ofErr = more;
        }
        shell.finish();

        assertEquals("a\u001e\u001ewordbc", output.out());
        assertEquals("d\u001e", output.err());
        assertEquals(List.of("$ one", "$ two", "$ three"), output.system());
        assertEquals(OptionalInt.of(0), shell.code());
    }
}
