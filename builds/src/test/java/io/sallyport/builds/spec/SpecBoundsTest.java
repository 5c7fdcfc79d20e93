package io.sallyport.builds.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts made to hurt: each is refused at once. */
class SpecBoundsTest {
    private static final int MIB = 1024 * 1024;

    /** Each takes less than a quarter of a second when nothing else runs; without the limits, hours or all memory. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @BeforeAll
    static void loadClasses() {
        Specs.errors("a: [b, {c: d}]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void aHostileTextIsRefusedAtOnce(String name, String text, String expected) {
        List<String> errors = assertTimeoutPreemptively(PATIENCE, () -> Specs.errors(text));
        assertTrue(errors.stream().anyMatch(error -> error.contains(expected)), () -> "" + errors);
        assertTrue(errors.size() <= 101);
    }

    private static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("a billion laughs", laughs(), "more than 100000 values"),
                Arguments.of("long words by alias", longWords(), "more than 4194304 characters"),
                Arguments.of("an alias in itself", "a: &a [*a]", "no complete value before this is named '&a'"),
                Arguments.of("depth by alias", deepAliases(), "nested more than 100 deep"),
                Arguments.of("flow lists", "[".repeat(MIB - 10), "nested more than 100 deep"),
                Arguments.of("flow maps", "{a: ".repeat(MIB / 4 - 10), "nested more than 100 deep"),
                Arguments.of("block lists", "- ".repeat(MIB / 2 - 10), "nested more than 100 deep"),
                Arguments.of("explicit keys", "? ".repeat(MIB / 2 - 10), "nested more than 100 deep"),
                Arguments.of("list in key", "[".repeat(50) + "a" + "]: b".repeat(50), ""),
                Arguments.of("many values", "- a\n".repeat(MIB / 4 - 10), "more than 100000 values"),
                Arguments.of("one key often", "a: b\n".repeat(40_000), "is given twice"),
                Arguments.of("many keys", manyKeys(), "and "),
                Arguments.of("many anchors", manyAnchors(), "unknown key"),
                Arguments.of("many documents", "---\n".repeat(MIB / 4 - 10), "a second document"),
                Arguments.of("many directives", "%A b\n".repeat(MIB / 5 - 10), ""),
                Arguments.of("tabs", "\t".repeat(MIB - 10), ""),
                Arguments.of("blanks", " ".repeat(MIB - 10), "the spec is empty"),
                Arguments.of("colons", ":".repeat(MIB - 10), ""),
                Arguments.of("quotes", "\"".repeat(MIB - 11), ""),
                Arguments.of("an open quote", "\"" + "a\n".repeat(MIB / 2 - 10), ""),
                Arguments.of("commas", "[" + ",".repeat(MIB - 10), ""),
                Arguments.of("digits", "script: a\ntimeout: " + "1".repeat(MIB - 40), "no length of time"),
                Arguments.of("sixties", "script: a\ntimeout: 1" + ":0".repeat(MIB / 2 - 40), "no length of time"),
                Arguments.of("times", "script: a\ntimeout: " + "1s".repeat(MIB / 2 - 40), "no length of time"),
                Arguments.of("too large", "#".repeat(MIB + 1), "larger than 1048576 bytes"));
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 60; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return text.toString();
    }

    private static String longWords() {
        return "a: &a " + "x".repeat(500_000) + "\nscript: [" + "*a,".repeat(1000) + "]\n";
    }

    private static String deepAliases() {
        return "a: &a " + "[".repeat(60) + "]".repeat(60) + "\nb: " + "[".repeat(60) + "*a" + "]".repeat(60) + "\n";
    }

    private static String manyKeys() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            text.append("k").append(i).append(": a\n");
        }
        return text.toString();
    }

    private static String manyAnchors() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            text.append("k").append(i).append(": &a").append(i).append(" a\n");
        }
        return text.toString();
    }

    @Test
    void variablesAreBounded() {
        assertEquals(
                List.of("2:16 variable 'A': longer than 65536 bytes"),
                Specs.errors("script: make\nvariables: {A: " + "x".repeat(70_000) + "}"));
        StringBuilder many = new StringBuilder("script: make\nvariables:\n");
        for (int i = 0; i < 10; i++) {
            many.append("  V").append(i).append(": ").append("x".repeat(60_000)).append('\n');
        }
        assertEquals(List.of("3:3 variables: more than 524288 bytes all together"), Specs.errors(many.toString()));
    }

    @Test
    void artifactPathsAreBounded() {
        assertEquals(
                List.of("1:521 artifacts.paths: more than 200 paths"),
                Specs.errors("artifacts: {paths: [" + "a, b,".repeat(200) + "]}\nscript: make\n"));
    }

    /** Whatever the bytes are, the answer is a plan or a list of errors. */
    @Test
    void randomTextsEndInAnAnswer() {
        Random random = new Random(42);
        String alphabet = "script: image[]{}&*!|>-'\"%@`#?,\n\n  \t~ab01\u0085\u2028é😀<<=";
        int[] characters = alphabet.codePoints().toArray();
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "script: " : "");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.appendCodePoint(characters[random.nextInt(characters.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(10) == 0 && bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertInstanceOf(SpecResult.class, Specs.read(bytes), text::toString);
        }
    }
}
