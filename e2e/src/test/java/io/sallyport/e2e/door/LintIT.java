package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spec is tried before it is committed: {@code POST /lint}, and {@code sallyport lint} without a gateway. */
class LintIT {
    private static final String PIPELINE = """
            include: ci/more.yml
            stages: [build, test]
            compile:
              stage: build
              script: make
            unit:
              script: make unit
              needs: [compile]
            release:
              script: make release
              rules:
                - if: $CI_COMMIT_TAG =~ /^v/
            """;

    private static final String MORE = "extra: {script: echo $LEVEL, rules: [if: $LEVEL]}\n";

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    @TempDir
    Path folder;

    private static Source pipeline() {
        return new Source(Map.of()).file(".gitlab-ci.yml", PIPELINE).file("ci/more.yml", MORE);
    }

    private static List<String> names(JsonNode jobs, String member) {
        return Json.each(jobs, job -> job.path(member).asText());
    }

    @Test
    void aTextGivesItsPlan() throws Exception {
        JsonNode plan = gateway.admin()
                .run("POST /lint ref=refs/tags/v1 file=.gitlab-ci.yml", PIPELINE)
                .ok()
                .json();

        assertEquals(List.of("compile", "unit", "release"), names(plan.path("jobs"), "name"));
        assertEquals(
                "rule 1: if $CI_COMMIT_TAG =~ /^v/",
                plan.path("jobs").get(2).path("why").asText());
        assertEquals(
                "compile",
                plan.path("jobs").get(1).path("needs").get(0).path("job").asText());
        assertTrue(
                plan.path("notices").get(0).path("text").asText().contains("'ci/more.yml' is not read"),
                plan::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar -c .", "tar -cz .", "tar -c . | zstd -q", "zip -qr - ."})
    void aSourceGivesItsPlanWithWhatItIncludesAndIsNotKept(String packing) throws Exception {
        List<String> before = StateFiles.of(gateway.home());

        JsonNode plan = gateway.admin()
                .run("lint variables.LEVEL=full", pipeline().packed(packing))
                .ok()
                .json();

        assertEquals(List.of("compile", "extra", "unit"), names(plan.path("jobs"), "name"));
        assertEquals(List.of("release"), names(plan.path("leftOut"), "job"));
        Await.until("nothing to be left", () -> before.equals(StateFiles.of(gateway.home())));
    }

    @Test
    void peopleGetTextAndGraphvizAGraph() throws Exception {
        String text = gateway.admin()
                .run("lint format=text file=.gitlab-ci.yml", PIPELINE)
                .ok()
                .text();
        assertTrue(text.startsWith(".gitlab-ci.yml: 2 jobs in 2 stages\n\nbuild\n  compile"), text);
        assertTrue(text.contains("\nleft out\n  release  none of its rules holds\n"), text);

        String dot = gateway.admin().run("lint format=dot", PIPELINE).ok().text();
        assertTrue(dot.contains("\"job compile\" -> \"job unit\";"), dot);
    }

    @Test
    void everyErrorIsToldWithItsPlace() throws Exception {
        JsonNode problem = gateway.admin()
                .run("lint", "a:\n  scrpt: make\nb: {script: b, needs: [c]}\n")
                .problem(422);

        assertEquals("bad-spec", problem.path("type").asText());
        assertEquals(
                List.of("2:3 unknown key 'scrpt', did you mean 'script'?", "3:24 needs: 'c' is no job"),
                Json.each(
                        problem.path("errors"),
                        error -> error.path("line").asInt() + ":"
                                + error.path("column").asInt() + " "
                                + error.path("message").asText()));
        gateway.admin().run("lint", "").problem(422);
        gateway.admin().run("lint", "#".repeat(10 << 20)).problem(422);
        gateway.admin().run("lint format=svg", "script: a").problem(400);
    }

    @Test
    void withoutAGatewayFilesAreFoundBesideTheSpec() throws Exception {
        Files.createDirectories(folder.resolve("ci"));
        Files.writeString(folder.resolve(".gitlab-ci.yml"), PIPELINE);
        Files.writeString(folder.resolve("ci/more.yml"), MORE);

        Outcome text = lint("--variable", "LEVEL=full", "--ref", "refs/tags/v1").ok();
        assertTrue(text.text().startsWith(".gitlab-ci.yml: 4 jobs in 2 stages\n"), text::text);
        assertEquals(
                4,
                Json.line(lint("--format", "json", "--variable", "LEVEL=full", "--ref=refs/tags/v1")
                                .ok()
                                .text())
                        .path("jobs")
                        .size());
        assertTrue(lint("--format", "dot").ok().text().startsWith("digraph"));
        lint("--format", "svg").exits(64);

        Files.writeString(folder.resolve("ci/more.yml"), "extra: {scrpt: x}\n");
        Outcome wrong = lint().exits(65);
        assertEquals("", wrong.text());
        assertEquals(List.of("ci/more.yml:1:9: unknown key 'scrpt', did you mean 'script'?"), wrong.errorLines());

        Files.delete(folder.resolve(".gitlab-ci.yml"));
        assertTrue(lint().exits(66).errors().contains("there is no such file"));
    }

    private Outcome lint(String... options) throws Exception {
        return GatewayProcess.launcher("sallyport", "lint")
                .with(folder.resolve(".gitlab-ci.yml").toString())
                .with(options)
                .run();
    }
}
