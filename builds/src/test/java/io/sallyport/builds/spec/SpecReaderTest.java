package io.sallyport.builds.spec;

import static io.sallyport.builds.spec.Specs.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.spec.files.SourceFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs that are right, and what they mean. */
class SpecReaderTest {
    @Test
    void aWholeSpec() {
        JobSpec job = job("""
                image: eclipse-temurin:25
                variables:
                  LEVEL: full
                  COUNT: 3
                  VERSION: 1.10
                  FAST: yes
                  EMPTY: ''
                script:
                  - make
                  - make check
                artifacts:
                  paths:
                    - dist/
                    - ./reports/*.xml
                timeout: 1h 30m
                """);
        assertEquals("build", job.name());
        assertEquals("build", job.stage());
        assertEquals(Optional.of("eclipse-temurin:25"), job.work().image().map(Work.Image::name));
        assertEquals(List.of("make", "make check"), job.work().script());
        assertEquals(
                Map.of("LEVEL", "full", "COUNT", "3", "VERSION", "1.10", "FAST", "yes", "EMPTY", ""),
                Specs.values(job));
        assertEquals(
                List.of("LEVEL", "COUNT", "VERSION", "FAST", "EMPTY"),
                List.copyOf(job.work().variables().keySet()));
        assertEquals(List.of("dist", "reports/*.xml"), job.artifacts().paths());
        assertEquals(Duration.ofMinutes(90), job.work().timeout());
    }

    @Test
    void theLeastSpec() {
        JobSpec job = job("script: make\n");
        assertEquals(List.of("make"), job.work().script());
        assertEquals(Optional.empty(), job.work().image());
        assertEquals(Map.of(), job.work().variables());
        assertEquals(ArtifactRules.NONE, job.artifacts());
        assertEquals(Duration.ofHours(1), job.work().timeout());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "script: make",
                "script: make\r\n",
                "\uFEFFscript: make\n",
                "---\nscript: make\n...\n",
                "%YAML 1.1\n---\nscript: [make]\n",
                "{\"script\": [\"make\"]}",
                "? script\n: - make\n",
                "script: !!str make",
                "script: ! make",
                "# comment\nscript: make # more\n",
            })
    void oneTextInManyForms(String text) {
        assertEquals(List.of("make"), job(text).work().script());
    }

    @Test
    void scriptsAreStringsOrListsInListsUpToTen() {
        assertEquals(List.of("a", "b", "c"), job("script: [a, [b, [c]]]").work().script());
        assertEquals(
                List.of("a"),
                job("script: " + "[".repeat(10) + "a" + "]".repeat(10)).work().script());
        assertEquals(
                List.of("one\ntwo\n"), job("script: |\n  one\n  two\n").work().script());
        assertEquals(
                List.of("one two\n"),
                job("script:\n  - >\n    one\n    two\n").work().script());
        assertEquals(List.of("true", "1"), job("script: [true, 1]").work().script());
    }

    @Test
    void anchorsStandForTheirValuesAndHiddenKeysHoldThem() {
        JobSpec job = job("""
                .steps: &steps [make, make check]
                .env: &env {A: b}
                script: [*steps, done]
                variables: *env
                """);
        assertEquals(List.of("make", "make check", "done"), job.work().script());
        assertEquals(Map.of("A", "b"), Specs.values(job));
    }

    @Test
    void artifactPathsAreBroughtToOneForm() {
        JobSpec job = job("script: x\nartifacts: {paths: [., ./, a//b/./c/, '**/*.log', 2026, 'a b', ..a]}");
        assertEquals(
                List.of("**", "**", "a/b/c", "**/*.log", "2026", "a b", "..a"),
                job.artifacts().paths());
        assertEquals(List.of(), job("script: x\nartifacts: {}").artifacts().paths());
        assertEquals(
                List.of(), job("script: x\nartifacts: {paths: []}").artifacts().paths());
    }

    @Test
    void theUsualTimeoutIsNeverLongerThanTheLongest() {
        PlanContext.Bounds strict = new PlanContext.Bounds(Duration.ofHours(1), Duration.ofMinutes(5), 1);
        PlanContext context =
                new PlanContext(Map.of("CI_COMMIT_BRANCH", "main"), Map.of(), SourceFiles.unknown(), strict);
        SpecResult result = Specs.read(".sallyport.yml", "script: make".getBytes(UTF_8), context);
        JobSpec job = ((SpecResult.Accepted) result).plan().jobs().getFirst();
        assertEquals(Duration.ofMinutes(5), job.work().timeout());
        Duration hour = Duration.ofHours(1);
        assertThrows(IllegalArgumentException.class, () -> new PlanContext.Bounds(Duration.ZERO, hour, 1));
        assertThrows(IllegalArgumentException.class, () -> new PlanContext.Bounds(hour, Duration.ZERO, 1));
        assertThrows(IllegalArgumentException.class, () -> new PlanContext.Bounds(hour, hour, 0));
    }
}
