package io.sallyport.builds.spec;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One small spec for each thing that the documentation of the language promises; see {@link Scenario} for their form. */
class ScenarioTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void meansWhatItSays(Scenario scenario) {
        List<String> facts = Facts.of(scenario.file(), scenario.result());

        assertFalse(scenario.facts().isEmpty());
        assertEquals(
                String.join(
                        "\n", scenario.facts().stream().filter(Facts::isExact).toList()),
                String.join("\n", facts.stream().filter(Facts::isExact).toList()));
        assertAll(scenario.facts().stream()
                .map(expected -> () -> assertTrue(facts.contains(expected), () -> contrast(expected, facts))));
    }

    private static String contrast(String expected, List<String> facts) {
        String of = expected.substring(0, Math.max(0, expected.lastIndexOf(": ")));
        List<String> near = facts.stream().filter(fact -> fact.startsWith(of)).toList();
        return "expected: " + expected + "\nbut there is: " + String.join("\n", near.isEmpty() ? facts : near);
    }

    /** Whatever becomes of a spec by small changes, the answer is a plan or a list of errors. */
    @Test
    void changedScenariosEndInAnAnswer() throws IOException, URISyntaxException {
        List<Scenario> scenarios = scenarios();
        Random random = new Random(11);
        for (int round = 0; round < 4000; round++) {
            Scenario scenario = scenarios.get(random.nextInt(scenarios.size()));
            Scenario other = scenarios.get(random.nextInt(scenarios.size()));
            StringBuilder text = new StringBuilder(scenario.spec());
            if (random.nextInt(3) == 0) {
                text.append(other.spec());
            }
            for (int changes = 1 + random.nextInt(6); changes > 0 && !text.isEmpty(); changes--) {
                change(text, random);
            }
            assertInstanceOf(SpecResult.class, scenario.with(text.toString()).result(), text::toString);
        }
    }

    private static void change(StringBuilder text, Random random) {
        String[] pieces = {
            "\n",
            "  ",
            "- ",
            ": ",
            "[",
            "]",
            "{",
            "}",
            "*x ",
            "&x ",
            "<<",
            "!reference ",
            "$",
            "null",
            "~",
            "'",
            "\"",
            "/",
            "0",
            "é"
        };
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, text.substring(at, end));
            case 2 -> text.replace(at, end, pieces[random.nextInt(pieces.length)]);
            default -> text.insert(at, pieces[random.nextInt(pieces.length)]);
        }
    }

    private static List<Scenario> scenarios() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(ScenarioTest.class.getResource("scenarios"))
                .toURI());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(ScenarioTest::read)
                    .toList();
        }
    }

    private static Scenario read(Path file) {
        try {
            return Scenario.read(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
