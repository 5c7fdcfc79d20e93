package io.sallyport.handlers.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.spec.PlanContext;
import io.sallyport.builds.spec.SpecReader;
import io.sallyport.builds.spec.SpecResult;
import io.sallyport.builds.spec.files.SourceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One plan in the three forms in which it is shown. */
class PlansTest {
    private static final String SPEC = """
            stages: [build, test, deploy]
            compile:
              stage: build
              script: [make]
              tags: [linux]
            'say "hi" \\ there':
              script: make check
            unit:
              needs: [compile]
              script: make unit
              allow_failure: true
            slow:
              needs: [unit]
              script: make slow
            ship:
              stage: deploy
              when: manual
              script: make ship
            never:
              script: make never
              only: [tags]
            site:
              script: make site
              release: {}
            """;

    private static SpecResult.Accepted accepted() throws IOException {
        PlanContext context = new PlanContext(
                Map.of("CI_COMMIT_BRANCH", "main"),
                Map.of(),
                SourceFiles.unknown(),
                new PlanContext.Bounds(Duration.ofHours(1), Duration.ofHours(1), 100));
        return assertInstanceOf(
                SpecResult.Accepted.class,
                SpecReader.read(".gitlab-ci.yml", SPEC.getBytes(StandardCharsets.UTF_8), context));
    }

    @Test
    void asJson() throws IOException {
        JsonNode json = PlanJson.of(".gitlab-ci.yml", accepted());

        assertEquals(".gitlab-ci.yml", json.path("file").asText());
        assertEquals("[\"build\",\"test\",\"deploy\"]", json.path("stages").toString());
        List<String> rounds = new ArrayList<>();
        json.path("jobs")
                .forEach(job -> rounds.add(
                        job.path("name").asText() + " " + job.path("round").asInt()));
        assertEquals(List.of("compile 1", "say \"hi\" \\ there 2", "unit 2", "slow 3", "site 2", "ship 4"), rounds);
        JsonNode unit = json.path("jobs").get(2);
        assertEquals(
                "[{\"job\":\"compile\",\"artifacts\":true}]", unit.path("needs").toString());
        assertEquals("it has no rules", unit.path("why").asText());
        assertEquals("[\"make unit\"]", unit.path("script").toString());
        assertTrue(unit.path("allowFailure").asBoolean());
        assertTrue(json.path("jobs").get(1).path("needs").isMissingNode());
        assertEquals(
                "[{\"job\":\"never\",\"stage\":\"test\",\"why\":\"only: tags\"}]",
                json.path("leftOut").toString());
        assertEquals(24, json.path("notices").get(0).path("line").asInt());
    }

    @Test
    void asText() throws IOException {
        assertEquals("""
                .gitlab-ci.yml: 6 jobs in 3 stages

                build
                  compile

                test
                  say "hi" \\ there
                  unit              after compile; may fail
                  slow              after unit
                  site

                deploy
                  ship  manual; may fail

                left out
                  never  only: tags

                notices
                  .gitlab-ci.yml:24:3  site: 'release' changes nothing here: no release is made
                """, PlanText.of(".gitlab-ci.yml", accepted()));
    }

    @Test
    void asGraph() throws IOException {
        String dot = PlanDot.of(accepted().plan());

        assertTrue(dot.startsWith("digraph plan {\n"), dot);
        assertTrue(dot.contains("    \"job say \\\"hi\\\" \\\\ there\" [label=\"say \\\"hi\\\" \\\\ there\"];\n"), dot);
        assertTrue(dot.contains("  \"job compile\" -> \"job unit\";\n"), dot);
        assertTrue(dot.contains("  after_0 -> \"job site\";\n"), dot);
        assertTrue(dot.contains("  after_1 -> \"job ship\";\n"), dot);
        assertTrue(dot.contains("  after_0 -> after_1;\n"), dot);
        assertTrue(dot.endsWith("}\n"), dot);
    }
}
