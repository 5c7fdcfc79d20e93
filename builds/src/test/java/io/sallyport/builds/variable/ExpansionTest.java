package io.sallyport.builds.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.plan.Work.Variable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
    private static Expansion of(String... pairs) {
        Map<String, Variable> all = new LinkedHashMap<>();
        for (String pair : pairs) {
            all.put(pair.substring(0, pair.indexOf('=')), Variable.of(pair.substring(pair.indexOf('=') + 1)));
        }
        return new Expansion(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$A | one",
                "${A} | one",
                "x$A-y | xone-y",
                "x${A}y | xoney",
                "$Ay | ``",
                "$B | two one",
                "$A$A | oneone",
                "$$A | $A",
                "$$$A | $one",
                "$$$$ | $$",
                "$ | $",
                "a$ | a$",
                "$1 | $1",
                "${A | ${A",
                "${A:-x} | ${A:-x}",
                "${} | ${}",
                "$(pwd) | $(pwd)",
                "%A% | %A%",
                "$NONE | ``",
                "é$A😀 | éone😀",
            })
    void referencesAreReplaced(String text, String expected) {
        assertEquals(expected, of("A=one", "B=two $A").expand(text));
    }

    @Test
    void whatRefersToItselfKeepsThat() {
        assertEquals(Optional.of("$A:x"), of("A=$A:x").value("A"));
        assertEquals(Optional.of("y ${A}x"), of("A=${A}x", "B=y $A").value("B"));
        assertEquals(
                List.of(List.of("A", "A"), List.of("C", "C")),
                of("A=$A", "B=$A", "C=x${C}").circles());
    }

    @Test
    void circlesEndAndAreFound() {
        Expansion circle = of("X=1", "A=a$B", "B=b$C", "C=c$A");

        assertEquals(Optional.of("abc$A"), circle.value("A"));
        assertEquals(List.of(List.of("A", "B", "C", "A")), circle.circles());
        assertEquals(List.of(), of("A=$B$C", "B=$C", "C=$D").circles());
    }

    @Test
    void whatIsTakenAsItIsStaysSo() {
        Expansion variables = Expansion.of(
                Map.of("CI", "$true"),
                Map.of("A", Variable.of("$CI $GIVEN $RAW"), "RAW", new Variable("$CI", false)),
                Map.of("GIVEN", "$A"));

        assertEquals(Optional.of("$true $A $CI"), variables.value("A"));
        assertEquals("$true $A $CI", variables.values().get("A"));
        assertEquals("b", variables.with(Map.of("CI", Variable.of("b"))).expand("$CI"));
    }

    @Test
    void theStrongerReplacesTheWeaker() {
        Expansion variables = Expansion.of(
                Map.of("A", "predefined", "B", "predefined", "C", "predefined"),
                Map.of("A", Variable.of("job"), "B", Variable.of("job")),
                Map.of("A", "dotenv"),
                Map.of("B", "submitted"));

        assertEquals("dotenv submitted predefined", variables.expand("$A $B $C"));
    }

    @Test
    void growthIsBounded() {
        Map<String, Variable> doubling = new LinkedHashMap<>();
        doubling.put("V0", Variable.of("0123456789"));
        Map<String, Variable> empty = new LinkedHashMap<>();
        for (int i = 1; i <= 200; i++) {
            doubling.put("V" + i, Variable.of("$V" + (i - 1) + "$V" + (i - 1)));
            empty.put("V" + (200 - i), Variable.of("$V" + (201 - i) + "$V" + (201 - i)));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            Expansion expansion = new Expansion(doubling);
            assertTrue(expansion.values().get("V200").length() < 2 * Expansion.LONGEST + 100);
            assertTrue(!expansion.cut().isEmpty());
            new Expansion(empty).values();
        });
    }

    /** However they refer to each other, it ends, and soon. */
    @Test
    void randomVariablesEnd() {
        Random random = new Random(3);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int round = 0; round < 500; round++) {
                Map<String, Variable> all = new LinkedHashMap<>();
                int names = 1 + random.nextInt(30);
                for (int i = 0; i < names; i++) {
                    StringBuilder value = new StringBuilder();
                    for (int j = random.nextInt(6); j > 0; j--) {
                        value.append(random.nextBoolean() ? "x" : "")
                                .append("$V")
                                .append(random.nextInt(names));
                    }
                    all.put("V" + i, Variable.of(value.toString()));
                }
                Expansion expansion = new Expansion(all);
                assertEquals(all.keySet(), expansion.values().keySet());
                expansion.circles();
            }
        });
    }
}
