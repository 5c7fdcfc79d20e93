package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What keywords of the build language bring about when jobs run, where no other test shows it. */
class KeywordsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 4");

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    private static Outcome build(String spec) throws Exception {
        return gateway.admin()
                .run(
                        "submit web follow=true ref=main",
                        new Source(Map.of()).file(".gitlab-ci.yml", spec).tar());
    }

    private static JsonNode job(Outcome outcome, String name) {
        return Json.each(Json.document(outcome.errorLines().getLast()).path("jobs"), job -> job).stream()
                .filter(job -> job.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> states(Outcome outcome) {
        return Json.each(
                Json.document(outcome.errorLines().getLast()).path("jobs"),
                job -> job.path("name").asText() + " " + job.path("state").asText());
    }

    @Test
    void failuresAreAllowedAndTriedAgainByTheirExitCodes() throws Exception {
        Outcome outcome = build("""
                allowed: {script: exit 7, allow_failure: {exit_codes: [6, 7]}}
                tried: {script: exit 8, allow_failure: true, retry: {max: 2, exit_codes: 8}}
                not-tried: {script: exit 9, allow_failure: true, retry: {max: 2, exit_codes: 8}}
                not-for-that: {script: exit 9, allow_failure: true, retry: {max: 2, when: job_execution_timeout}}
                late: {script: sleep 60, timeout: 1s, allow_failure: true, retry: {max: 1, when: job_execution_timeout}}
                strict: {script: exit 5, allow_failure: {exit_codes: 6}}
                """).exits(1);

        assertTrue(outcome.text().endsWith(" failed: job strict: the script ended with 5\n"), outcome::text);
        assertTrue(job(outcome, "allowed").path("allowFailure").asBoolean());
        assertEquals(3, job(outcome, "tried").path("attempt").asInt());
        assertEquals(1, job(outcome, "not-tried").path("attempt").asInt());
        assertEquals(1, job(outcome, "not-for-that").path("attempt").asInt());
        assertEquals(2, job(outcome, "late").path("attempt").asInt());
        assertEquals("timedout", job(outcome, "late").path("state").asText());
    }

    @Test
    void jobsOfSeveralKnowWhichTheyAre() throws Exception {
        Outcome outcome = build("""
                part: {script: 'echo "part $CI_NODE_INDEX of $CI_NODE_TOTAL in $CI_JOB_NAME"', parallel: 2}
                cell:
                  script: echo "$OS-$LEVEL $CI_NODE_INDEX"
                  parallel: {matrix: [{OS: [linux, bsd], LEVEL: full}]}
                """).ok();

        for (String line :
                List.of("part 1 of 2 in part 1/2", "part 2 of 2 in part 2/2", "linux-full 1", "bsd-full 2")) {
            assertTrue(outcome.text().contains("\n" + line + "\n"), outcome::text);
        }
    }

    @Test
    void onlyWhatAJobDependsOnLiesInItsWorkspace() throws Exception {
        Outcome outcome = build("""
                one: {stage: build, script: echo 1 > one, artifacts: {paths: [one]}}
                two: {stage: build, script: echo 2 > two, artifacts: {paths: [two]}}
                both: {script: cat one two}
                first: {script: 'cat one && test ! -e two', dependencies: [one]}
                none: {script: 'test ! -e one && test ! -e two', dependencies: []}
                bare: {script: 'test ! -e one && cat two', needs: [{job: one, artifacts: false}, two]}
                """).ok();

        assertEquals(6, states(outcome).size());
        assertFalse(outcome.text().contains("No such file"), outcome::text);
    }

    @Test
    void artifactsAreWhatTheRulesSayAfterWhatTheySay() throws Exception {
        Outcome outcome = build("""
                kept:
                  script: ['mkdir -p d/e', 'touch d/a.txt d/b.log d/e/c.log', 'exit 1']
                  allow_failure: true
                  artifacts: {paths: [d/], exclude: ['d/**/*.log'], when: always}
                failed: {script: [touch f, exit 1], allow_failure: true, artifacts: {paths: [f], when: on_failure}}
                good: {script: touch g, artifacts: {paths: [g], when: on_failure}}
                left: {script: touch u, artifacts: {untracked: true, exclude: [x]}}
                lost: {script: [touch l, exit 1], allow_failure: true, artifacts: {paths: [l]}}
                """).ok();

        String build = Json.document(outcome.errorLines().getLast()).path("id").asText();
        assertEquals(
                List.of("d/a.txt", "f", "u"),
                Json.each(
                        gateway.admin()
                                .run("GET /builds/" + build + "/artifacts")
                                .items(),
                        artifact -> artifact.path("path").asText()));
    }

    @Test
    void whenSaysAfterWhatAJobRuns() throws Exception {
        Outcome outcome = build("""
                default: {before_script: [echo "before $CI_JOB_NAME"]}
                bad: {stage: build, script: exit 1}
                usual: {script: echo never}
                alarm: {script: echo alarm, when: on_failure, inherit: {default: false}}
                clean: {stage: .post, script: echo clean, when: always}
                early: {stage: .pre, script: echo early}
                """).exits(1);

        assertEquals(
                List.of("early succeeded", "bad failed", "usual skipped", "alarm succeeded", "clean succeeded"),
                states(outcome));
        assertTrue(outcome.text().contains("\nbefore clean\n"), outcome::text);
        assertFalse(outcome.text().contains("before alarm"), outcome::text);
    }

    @Test
    void anEnvironmentIsThereForTheJobWithWhatEarlierOnesHaveHandedOn() throws Exception {
        Outcome outcome = build("""
                make: {stage: build, script: 'echo HOST=a.example > e', artifacts: {reports: {dotenv: e}}}
                ship:
                  script: echo "to $CI_ENVIRONMENT_NAME ($CI_ENVIRONMENT_SLUG) at $CI_ENVIRONMENT_URL"
                  environment: {name: review/$CI_COMMIT_REF_SLUG, url: 'https://$HOST'}
                """).ok();

        assertTrue(outcome.text().contains("\nto review/main (review-main"), outcome::text);
        assertTrue(outcome.text().contains(") at https://a.example\n"), outcome::text);
    }
}
