package io.sallyport.builds.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sallyport.builds.executor.RecordedOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageTapTest {
    private final RecordedOutput output = new RecordedOutput();
    private final CoverageTap tap = new CoverageTap(output);

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            Coverage: \\d+\\.\\d+      | Coverage: 81.5%              | 81.5
            Coverage: \\d+\\.\\d+      | Coverage: 1.0;Coverage: 2.0;x | 2.0
            (?:cov) (\\d+)%            | cov 10% cov 20%              | 20
            TOTAL.*\\s(\\d+)%$         | TOTAL 10 2 80%               | 80
            total                      | total                        |
            total.*                    | total;total 7;total          | 7
            Coverage: \\d+             | nothing                      |
            \\d+%                      | 250%                         |
            \\d+                       | \u001b[32m55\u001b[0m        | 55
            """)
    void theFirstNumberOfTheLastMatchCounts(String pattern, String printed, Double percent) throws IOException {
        print(printed.replace(';', '\n') + "\n");
        assertEquals(
                percent == null ? OptionalDouble.empty() : OptionalDouble.of(percent), tap.coverage(pattern, output));
    }

    @Test
    void onlyTheEndOfMuchIsLookedAt() throws IOException {
        print("Coverage: 1\n");
        for (int i = 0; i < 40; i++) {
            print("x".repeat(99_999) + "\n");
        }
        assertEquals(OptionalDouble.empty(), tap.coverage("Coverage: \\d+", output));
        print("Cover");
        print("age: 2\n");
        assertEquals(OptionalDouble.of(2), tap.coverage("Coverage: \\d+", output));
        print("y".repeat(CoverageTap.LOOKED_AT + 17));
        print("\nCoverage: 3");
        assertEquals(OptionalDouble.of(3), tap.coverage("Coverage: \\d+", output));
    }

    @Test
    void noPatternTakesLong() throws IOException {
        print("a".repeat(CoverageTap.LOOKED_AT));
        assertTimeout(Duration.ofSeconds(20), () -> tap.coverage("(a*)*(a*)*b(\\d+)", output));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a(?=.*b)|a", "^?a", "(a{1,50}){1,50}$"})
    void veryManyMatchesDoNotTakeLongEither(String pattern) throws IOException {
        CoverageTap many = new CoverageTap(output);
        String line = "a".repeat(CoverageTap.LOOKED_AT / 4) + "\n";
        many.out(ByteBuffer.wrap(line.repeat(4).getBytes(UTF_8)));

        assertTimeout(
                Duration.ofSeconds(10), () -> assertEquals(OptionalDouble.empty(), many.coverage(pattern, output)));
    }

    @Test
    void thatItTookTooLongIsTold() throws IOException {
        CoverageTap many = new CoverageTap(output);
        many.out(ByteBuffer.wrap("a".repeat(CoverageTap.LOOKED_AT).getBytes(UTF_8)));

        many.coverage("a(?=.*b)|a", output);

        assertEquals(
                List.of("WARNING: coverage: the pattern takes too long on what the job has printed"), output.system());
    }

    @Test
    void theBeginningOfALineIsThereOnce() throws IOException {
        print("1 2 3\n");
        assertEquals(OptionalDouble.of(1), tap.coverage("^\\d ", output));
    }

    @Test
    void aPatternThatIsNoneIsTold() throws IOException {
        assertEquals(OptionalDouble.empty(), new CoverageTap(output).coverage("(", output));
        assertEquals(true, output.system().getFirst().startsWith("WARNING: coverage"));
    }

    private void print(String text) throws IOException {
        tap.out(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
}
