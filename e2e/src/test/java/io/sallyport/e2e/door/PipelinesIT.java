package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pipelines as people have them, built as they are. */
class PipelinesIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @Test
    void aPipelineOfSeveralFilesAndJobs() throws Exception {
        Source source = new Source(Map.of())
                .file(".gitlab-ci.yml", """
                include: ci/*.yml
                variables:
                  CACHE: $CI_PROJECT_DIR/.cache
                  GREETING: hello $WHO
                compile:
                  extends: .base
                  stage: build
                  script:
                    - test "$CACHE" = "$PWD/.cache"
                    - echo "$GREETING on $CI_COMMIT_BRANCH, $CI_JOB_NAME in $CI_JOB_STAGE"
                    - mkdir -p "$CACHE" && echo kept > "$CACHE/file"
                  artifacts:
                    paths: [$CACHE]
                    expose_as: the cache
                check:
                  extends: .base
                  needs: [compile]
                  script: echo checked
                release:
                  script: echo never
                  rules:
                    - if: $CI_COMMIT_TAG
                """)
                .file("ci/base.yml", ".base: {before_script: [echo prepared]}\n");

        Outcome built = gateway.admin()
                .run("submit web follow=true ref=refs/heads/topic variables.WHO=you", source.tar())
                .ok();

        assertTrue(built.text().contains("\nhello you on topic, compile in build\n"), built::text);
        assertTrue(built.text().contains("\nprepared\n") && built.text().contains("\nchecked\n"), built::text);
        JsonNode build = Json.document(built.errorLines().getLast());
        assertEquals(
                List.of("compile", "check"),
                Json.each(build.path("jobs"), job -> job.path("name").asText()));
        long id = build.path("id").asLong();
        assertEquals(
                "kept\n",
                gateway.admin()
                        .run("GET /builds/" + id + "/artifacts/.cache/file")
                        .ok()
                        .text());
    }

    @Test
    void theFilesOfAForge() throws Exception {
        Source source = new Source(Map.of()).file(".forge.yml", """
                environment: {LEVEL: "$full"}
                execute:
                  - echo "level $LEVEL"
                """);

        Outcome built =
                gateway.admin().run("submit web follow=true", source.tar()).ok();

        assertTrue(built.text().contains("\nlevel $full\n"), built::text);
    }
}
