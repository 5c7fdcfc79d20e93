package io.sallyport.builds.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

    /** Of the processor. Each takes less than a quarter of a second; without the limits, hours or all memory. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** By the clock, where others may be at work on the machine. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @BeforeAll
    static void loadClasses() {
        Specs.errors("a: [b, {c: d}]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void aHostileTextIsRefusedAtOnce(String name, String text, String expected) {
        List<String> errors = assertTimeoutPreemptively(LONGEST, () -> {
            ThreadMXBean processor = ManagementFactory.getThreadMXBean();
            long begun = processor.getCurrentThreadCpuTime();
            List<String> found = Specs.errors(text);
            long took = processor.getCurrentThreadCpuTime() - begun;
            assertTrue(took < PATIENCE.toNanos(), () -> took + " ns of the processor");
            return found;
        });
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
                Arguments.of("a matrix of ten thousand", matrix(10_000), "makes more than 1000 jobs"),
                Arguments.of(
                        "a matrix of very many", "a: {script: a, parallel: {matrix: [" + letters(26) + "]}}", "1000"),
                Arguments.of(
                        "many numbered jobs", "a: {script: a, parallel: 1000}\nb: {script: b, parallel: 2}", "1000"),
                Arguments.of("many jobs", many("j%d: {script: a}\n", 1001), "more than 1000 jobs"),
                Arguments.of(
                        "a chain of extends", many(".j%d: {extends: .j%d}\n", 1000) + "j: {extends: .j0}", "extends"),
                Arguments.of("a fan of extends", fan(), "more than 500000 values"),
                Arguments.of("doubling references", doubling(), "values once 'extends' and '!reference' are resolved"),
                Arguments.of("doubling variables", doublingVariables(), "longer than"),
                Arguments.of("a chain of variables", chainOfVariables(), "through more than 50 variables"),
                Arguments.of("a template used often", usedOften(), "more than 16777216 characters"),
                Arguments.of("a chain of needs", chainOfNeeds(), "wait for each other"),
                Arguments.of("needs of all by all", needsOfAll(), "name more than 100000 jobs"),
                Arguments.of("a huge pattern", rule("$A =~ /" + "a".repeat(5000) + "/"), "longer than 4096"),
                Arguments.of(
                        "a slow pattern",
                        rule("'" + "a".repeat(5000) + "' =~ /" + "(?:a?){90}".repeat(30) + "b/"),
                        "too long"),
                Arguments.of("slow patterns", slowPatterns(), "the patterns of the spec take too long, all together"),
                Arguments.of("slow patterns of refs", slowRefs(), "take too long"),
                Arguments.of("slow patterns of inputs", slowInputs(), "take too long"),
                Arguments.of("slow patterns of variables", slowVariables(), "take too long"),
                Arguments.of("a deep pattern", rule("$A =~ /" + "(".repeat(2000) + "/"), "nested more than 100"),
                Arguments.of("a deep condition", rule("(".repeat(3000) + "$A"), "nested more than 50"),
                Arguments.of("many nots", rule("!".repeat(3000) + "$A"), "nested more than 50"),
                Arguments.of("a long condition", rule("$A || ".repeat(3000) + "$A"), "longer than 10000"),
                Arguments.of("ten mebibytes", "a: {script: a}\n".repeat(10 * MIB / 15), "larger than 1048576 bytes"),
                Arguments.of("too large", "#".repeat(MIB + 1), "larger than 1048576 bytes"));
    }

    private static String rule(String condition) {
        return "a:\n  script: a\n  rules:\n    - if: \"" + condition + "\"\n    - when: always\n";
    }

    /** Each of them is taken for fast enough. */
    private static String slowPatterns() {
        return "variables: {S: " + "a".repeat(30_000) + "}\n"
                + many(
                        "j%d:\n  script: a\n  only:\n    variables:\n"
                                + "      - $S =~ /((a|b)*c|(aa|b)*d)$/\n".repeat(20),
                        200);
    }

    private static String slowRefs() {
        return ".all: &all ['" + "/((?:a?){90}){30}b/', '".repeat(90) + "x']\n"
                + many("j%d: {script: a, only: *all}\n", 900);
    }

    private static String slowInputs() {
        return "spec:\n  inputs:\n"
                + many(
                        "    i%d: {regex: '((a|b|ab|aa)*c|(aa|b)*d|(a|aa|aaa)*e|b?)$', default: " + "a".repeat(10_000)
                                + "}\n",
                        100)
                + "---\na: {script: a}\n";
    }

    private static String slowVariables() {
        return "variables: {P: '/" + "(?:ab{900})?".repeat(300) + "/'}\n"
                + many("j%d:\n  script: a\n  only:\n    variables:\n" + "      - $CI =~ $P\n".repeat(20), 900);
    }

    private static String many(String form, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(String.format(form, i, i + 1));
        }
        return text.toString();
    }

    private static String matrix(int count) {
        return "a:\n  script: a\n  parallel:\n    matrix:\n      - X: [" + "x, ".repeat(count / 100) + "]\n        Y: ["
                + "y, ".repeat(100) + "]\n";
    }

    private static String letters(int count) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append((char) ('A' + i)).append(": [1, 2, 3], ");
        }
        return text + "}";
    }

    private static String fan() {
        return ".base:\n  script: a\n  variables:\n" + many("    V%d: v\n", 20_000)
                + many("j%d: {extends: .base, variables: {X: y}}\n", 900);
    }

    private static String doubling() {
        return ".r0: {script: [a, b]}\n"
                + many(".r%2$d: {script: [!reference [.r%1$d, script], !reference [.r%1$d, script]]}\n", 9)
                + many("j%d: {script: [!reference [.r9, script]]}\n", 999);
    }

    private static String doublingVariables() {
        return "variables:\n  V0: 0123456789\n" + many("  V%2$d: $V%1$d$V%1$d\n", 40) + "a: {script: a}\n";
    }

    private static String chainOfVariables() {
        return "variables:\n" + many("  V%1$d: $V%2$d\n", 5000) + "a: {script: a}\n";
    }

    private static String usedOften() {
        return ".base: {script: [" + ("x".repeat(1000) + ", ").repeat(40) + "]}\n"
                + many("j%d: {extends: .base}\n", 1000);
    }

    private static String chainOfNeeds() {
        return many("j%d: {script: a, needs: [j%d]}\n", 999) + "j999: {script: a, needs: [j0]}\n";
    }

    private static String needsOfAll() {
        return "a: {script: a, parallel: 400}\nb: {script: b, parallel: 400, needs: [a]}\n";
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
