package io.sallyport.builds.spec;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
