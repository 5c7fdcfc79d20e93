package io.sallyport.builds.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.RecordedOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A live log behind a mask: what is held back, and how long. */
class MaskedOutputTest {
    private static final Mask MASK = Mask.of(List.of("hunter2hunter", "first line\nsecond line\nthird"));

    private final RecordedOutput log = new RecordedOutput();

    @Test
    void withoutAnythingToHideTheOutputIsTheSame() throws Exception {
        try (Masking masking = Mask.NONE.over(log)) {
            assertSame(log, masking.output());
        }
    }

    @Test
    void aValueInPiecesIsHidden() throws Exception {
        try (Masking masking = MASK.over(log)) {
            for (char each : "a hunter2hunter b\n".toCharArray()) {
                masking.output().err(bytes(String.valueOf(each)));
            }
        }

        assertEquals("a [masked] b\n", log.err());
    }

    @Test
    void aPromptIsShownWithoutWaitingForMore() throws Exception {
        try (Masking masking = MASK.over(log)) {
            masking.output().out(bytes("Which? h"));

            log.waitForOut("Which? h");
        }
    }

    @Test
    void whatIsMostLikelyAValueIsNotShownUntilItIsKnown() throws Exception {
        try (Masking masking = MASK.over(log)) {
            masking.output().out(bytes("x hun"));
            log.waitForOut("x hun"); // three letters of it are taken for chance
            masking.output().out(bytes("ter2"));
            masking.output().system("something else");
            assertEquals("x hun", log.out());
            masking.output().out(bytes("hunter!"));
            assertEquals("x hun[masked]!", log.out());
            masking.output().out(bytes("hunter2hunt"));
        }

        assertEquals("x hun[masked]!hunter2hunt", log.out(), "it was none in the end");
    }

    @Test
    void aWholeValueIsToldOfAtOnce() throws Exception {
        try (Masking masking = MASK.over(log)) {
            masking.output().out(bytes("hunter2hunter"));
            assertEquals("[masked]", log.out());
            masking.output().err(bytes("aHVudGVyMmh1bnRlcg"));
            masking.output().system("next");
            assertEquals("[masked]", log.err().substring(0, 8), "in base64");
        }
    }

    @Test
    void linesStayWholeAndInOrder() throws Exception {
        try (Masking masking = MASK.over(log)) {
            JobOutput output = masking.output();
            output.out(bytes("a path\n"));
            output.err(bytes("a branch"));
            output.out(bytes("b\n"));
            output.err(bytes("\n"));
            output.system("$ echo hunter2hunter");
            output.out(bytes("hu"));
            output.system("end");
        }

        assertEquals("a path\na branchb\n\n[$ echo [masked]]\nhu[end]\n", log.all());
    }

    @Test
    void linesOfAValueAreHiddenAsTheyCome() throws Exception {
        try (Masking masking = MASK.over(log)) {
            masking.output().out(bytes("first line\nsecond line\n"));
            masking.output().out(bytes("third\n"));
            masking.output().out(bytes("second line\n"));
        }

        assertEquals("[masked]\n[masked]\n", log.out());
    }

    @Test
    void eachStreamIsReadByItself() throws Exception {
        try (Masking masking = MASK.over(log)) {
            masking.output().out(bytes("hunter2"));
            masking.output().err(bytes("hunter2hun"));
            masking.output().out(bytes("hunter\n"));
            masking.output().err(bytes("ter\n"));
        }

        assertEquals("[masked]\n", log.out());
        assertEquals("[masked]\n", log.err());
    }

    @Test
    void anOutputThatFailsFailsTheWriter() {
        IOException full = assertThrows(IOException.class, () -> {
            try (Masking masking = MASK.over(new Full())) {
                masking.output().out(bytes("anything\n"));
            }
        });

        assertEquals("No space left on device", full.getMessage());
    }

    @Test
    void afterItsEndNothingIsTaken() throws Exception {
        Masking masking = MASK.over(log);
        masking.close();
        masking.close();

        assertThrows(IllegalStateException.class, () -> masking.output().out(bytes("late")));
    }

    private static final class Full implements JobOutput {
        @Override
        public void out(ByteBuffer bytes) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void err(ByteBuffer bytes) throws IOException {
            out(bytes);
        }

        @Override
        public void system(String line) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
