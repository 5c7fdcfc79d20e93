package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Builds of many jobs, as a user of {@code ssh} sees them. */
class JobsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 4");

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @Test
    void jobsRunAlongTheirNeedsSideBySideAndFindWhatEarlierOnesHaveLeft() throws Exception {
        Signal left = gateway.signal();
        Signal right = gateway.signal();
        Source source = Source.spec("""
                stages: [build, test, package]
                compile:
                  stage: build
                  script: ["mkdir out", "echo made > out/app"]
                  artifacts: {paths: [out]}
                unit:
                  stage: test
                  script: ["%s", "cat out/app > unit.txt"]
                  artifacts: {paths: [unit.txt]}
                style:
                  stage: test
                  script: ["%s", "test -e out/app"]
                bundle:
                  stage: package
                  needs: [compile, unit]
                  script: ["cat out/app unit.txt"]
                bare:
                  stage: package
                  dependencies: []
                  script: ["test ! -e out"]
                """.formatted(left.awaited(), right.awaited()));
        long build = gateway.admin().submit("web", source);

        Await.until("both tests to run", () -> {
            Map<String, String> states = states(gateway.admin().build(build));
            return "running".equals(states.get("unit")) && "running".equals(states.get("style"));
        });
        assertEquals("queued", states(gateway.admin().build(build)).get("bundle"));
        left.give();
        right.give();

        JsonNode ended = gateway.admin().ended(build);
        assertEquals("succeeded", ended.path("state").asText(), ended::toString);
        String log = gateway.admin()
                .run("log " + build + " job=bundle stream=out")
                .ok()
                .text();
        assertEquals("made\nmade\n", log);
    }

    @Test
    void whatFollowsAFailureIsSkippedAndWhatIsAllowedToFailStopsNothing() throws Exception {
        JsonNode ended = ended("""
                stages: [one, two, three]
                soft: {stage: one, script: ["exit 3"], allow_failure: true}
                hard: {stage: two, script: ["exit 4"]}
                never: {stage: three, script: ["echo no"]}
                rescue: {stage: three, when: on_failure, script: ["echo help"]}
                last: {stage: three, when: always, script: ["echo bye"]}
                """);
        assertEquals("failed", ended.path("state").asText());
        assertTrue(ended.path("reason").asText().contains("hard"), ended::toString);
        assertEquals(
                Map.of(
                        "soft",
                        "failed",
                        "hard",
                        "failed",
                        "never",
                        "skipped",
                        "rescue",
                        "succeeded",
                        "last",
                        "succeeded"),
                states(ended));
        assertTrue(job(ended, "soft").path("allowFailure").asBoolean(), ended::toString);
        assertEquals(4, job(ended, "hard").path("exitCode").asInt());
    }

    @Test
    void aJobThatWaitsForSomebodyIsStartedByATypedWord() throws Exception {
        long build = gateway.admin().submit("web", Source.spec("""
                stages: [build, deploy]
                make: {stage: build, script: ["echo made"]}
                'to production':
                  stage: deploy
                  rules: [{when: manual}]
                  script: ["echo deployed"]
                """));
        Await.until(
                "the job to wait",
                () -> "manual".equals(states(gateway.admin().build(build)).get("to production")));
        assertEquals("running", gateway.admin().build(build).path("state").asText());
        gateway.admin().run("start " + build + " nothing").problem(404);
        Ssh viewer = gateway.user("viewer", "viewer:web");
        viewer.run("start " + build + " 'to production'").problem(403);

        gateway.admin().run("start " + build + " 'to production'").ok();
        JsonNode ended = gateway.admin().ended(build);
        assertEquals("succeeded", ended.path("state").asText(), ended::toString);
        assertEquals("succeeded", states(ended).get("to production"));
        gateway.admin().run("start " + build + " 'to production'").problem(409);
    }

    @Test
    void anOptionalJobThatNobodyStartsHoldsUpNothing() throws Exception {
        JsonNode ended = ended("""
                make: {script: ["true"]}
                deploy: {script: ["echo never"], when: manual}
                """);
        assertEquals("succeeded", ended.path("state").asText());
        assertEquals("skipped", states(ended).get("deploy"));
    }

    @Test
    void servicesThatAreNotThereAreTold() throws Exception {
        JsonNode ended = ended("""
                a: {script: ["true"], services: [postgres:17, {name: redis, alias: cache}]}
                """);
        String log = gateway.admin().run("log " + ended.path("id")).ok().text();
        assertTrue(log.contains("\nNOTICE: services are not started here: postgres:17, redis\n"), log);
    }

    @Test
    void aFailedJobIsTriedAgainAsItsSpecSays() throws Exception {
        JsonNode ended = ended("""
                flaky: {script: ["exit 1"], retry: 2}
                """);
        assertEquals("failed", ended.path("state").asText());
        assertEquals(3, job(ended, "flaky").path("attempt").asInt(), ended::toString);
    }

    @Test
    void cancelingEndsAllJobsAndLeavesNoProcess() throws Exception {
        String mark = "sleep 1000." + System.nanoTime();
        long build = gateway.admin().submit("web", Source.spec("""
                a: {script: ["%1$s"]}
                b: {script: ["%1$s"]}
                c: {needs: [a], script: ["echo never"]}
                """.formatted(mark)));
        Await.until("both to run", () -> {
            Map<String, String> states = states(gateway.admin().build(build));
            return "running".equals(states.get("a")) && "running".equals(states.get("b"));
        });
        gateway.admin().run("cancel " + build + " reason=enough").ok();
        JsonNode ended = gateway.admin().ended(build);
        assertEquals("canceled", ended.path("state").asText());
        assertEquals(Map.of("a", "canceled", "b", "canceled", "c", "canceled"), states(ended));
        assertFalse(Program.of("ps", "-eo", "args").run().ok().text().contains(mark));
    }

    @Test
    void aNewerBuildOfTheSameKeyAndRefTakesThePlaceOfAnOlderOne() throws Exception {
        Signal never = gateway.signal();
        Source endless = Source.script(never.awaited());
        long old = gateway.admin().submit("web", endless, "ref=topic supersede=pr-7");
        long other = gateway.admin().submit("web", endless, "ref=main supersede=pr-7");
        long next = gateway.admin().submit("web", Source.script("true"), "ref=topic supersede=pr-7");

        JsonNode superseded = gateway.admin().ended(old);
        assertEquals("canceled", superseded.path("state").asText());
        assertEquals(next, superseded.path("supersededBy").asLong(), superseded::toString);
        assertEquals("succeeded", gateway.admin().ended(next).path("state").asText());
        assertFalse(gateway.admin().build(other).has("supersededBy"));
        gateway.admin().run("cancel " + other);
    }

    @Test
    void oneJobAtATimeHoldsAResourceGroup() throws Exception {
        JsonNode ended = ended("""
                .base: &base
                  resource_group: lab
                  script: ["sleep 0.3"]
                a: *base
                b: *base
                """);
        JsonNode a = job(ended, "a");
        JsonNode b = job(ended, "b");
        boolean apart = time(a, "finished").compareTo(time(b, "started")) <= 0
                || time(b, "finished").compareTo(time(a, "started")) <= 0;
        assertTrue(apart, ended::toString);
    }

    private static String time(JsonNode job, String member) {
        return job.path(member).asText();
    }

    private static JsonNode ended(String spec) throws Exception {
        return gateway.admin().ended(gateway.admin().submit("web", Source.spec(spec)));
    }

    private static Map<String, String> states(JsonNode build) {
        Map<String, String> states = new TreeMap<>();
        build.path("jobs")
                .forEach(job ->
                        states.put(job.path("name").asText(), job.path("state").asText()));
        return states;
    }

    private static JsonNode job(JsonNode build, String name) {
        for (JsonNode job : build.path("jobs")) {
            if (job.path("name").asText().equals(name)) {
                return job;
            }
        }
        throw new AssertionError("no job " + name + " in " + build);
    }
}
