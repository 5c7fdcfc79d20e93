package io.sallyport.builds.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.ArtifactPatterns.Position;
import io.sallyport.builds.plan.ArtifactRules;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPatternsTest {
    private static Position at(ArtifactPatterns patterns, String path) {
        Position position = patterns.start();
        for (String name : path.split("/")) {
            position = patterns.step(position, name);
        }
        return position;
    }

    private static ArtifactPatterns patterns(String... paths) {
        return ArtifactPatterns.of(ArtifactRules.of(List.of(paths)));
    }

    private static boolean matches(String pattern, String path) {
        ArtifactPatterns patterns = patterns(pattern);
        return patterns.matches(at(patterns, path));
    }

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "./a, a",
        "a/, a/b/c",
        "a//b, a/b",
        "., a/b",
        "*, a/b",
        "*.txt, x.txt",
        "a?c, abc",
        "a*b*c, aXbYbc",
        "*.tar.*, x.tar.gz",
        "**, a/b/c",
        "**/x, x",
        "**/x, a/b/x",
        "a/**/x, a/x",
        "a/**/x, a/b/c/x",
        "a/**, a/b",
        "a/**/b/**/c, a/1/b/2/3/c",
        "**/**/x, x",
        "**/target/*.jar, m/target/app.jar",
        "[a], [a]",
        "é*, élan",
    })
    void match(String pattern, String path) {
        assertTrue(matches(pattern, path));
    }

    @ParameterizedTest
    @CsvSource({
        "a, b",
        "a, ab",
        "a/b, a",
        "*.txt, a/x.txt",
        "a?c, ac",
        "a/**/x, b/x",
        "**/x, a/xy",
        "/a, a",
        "a/../b, b",
        "A, a",
        "'', a",
        "a/*/c, a/c",
        "a/*/c, a/b/b/c",
    })
    void doNotMatch(String pattern, String path) {
        assertFalse(matches(pattern, path));
    }

    @Test
    void nothingIsLookedForWhereNothingCanMatch() {
        ArtifactPatterns patterns = patterns("dist/**/x", "lib/*.so");

        assertTrue(at(patterns, "src").none());
        assertTrue(at(patterns, "lib/deep").none() || patterns.matches(at(patterns, "lib/deep.so")));
        assertFalse(at(patterns, "dist/a/b").none());
    }

    @Test
    void itIsKnownWhichRuleNamesAPath() {
        ArtifactPatterns patterns = patterns("*.txt", "a*", "b");

        assertEquals(List.of("*.txt", "a*"), patterns.matching(at(patterns, "a.txt")));
        assertEquals(List.of("*.txt", "a*", "b"), patterns.written());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*a*a*a*a*a*a*a*a*a*a*a*a*b", "**/**/**/**/**/**/**/**/x/**/**/**/y"})
    void noPatternIsSlow(String pattern) {
        String path = ("a".repeat(250) + "/").repeat(50);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertFalse(matches(pattern, path)));
    }

    @Test
    void aPatternTooDeepMatchesNothing() {
        assertTrue(matches("a/".repeat(60), "a/".repeat(60)));
        assertFalse(matches("a/".repeat(61), "a/".repeat(61)));
    }
}
