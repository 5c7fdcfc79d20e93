package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be done to the jobs of a build, and what these hand on. */
class JobControlIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 3", "builds.stopGrace: 1s");

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @Test
    void aManualJobWaitsForTheCommandThatItsLogSays() throws Exception {
        long id = gateway.admin().submit("web", Source.spec("""
                stages: [build, deploy, check]
                make: {stage: build, script: ["true"]}
                ship: {stage: deploy, when: manual, allow_failure: false, script: [echo shipped]}
                look: {stage: check, script: [echo looked]}
                """));
        try (Running follower = gateway.admin().start("log -f " + id)) {
            follower.out().await("waits for somebody to start ship");
            JsonNode waiting = gateway.admin().build(id);
            assertEquals("running", waiting.path("state").asText());
            assertEquals("make=succeeded ship=manual look=queued", states(waiting));
            String reason = waiting.path("reason").asText();
            JsonNode queue = gateway.admin().run("queue").ok().items();
            assertEquals(
                    List.of("ship", "look"),
                    Json.each(queue, item -> item.path("job").asText()));
            assertEquals("needs ship", queue.path(1).path("why").asText());

            String[] command =
                    reason.substring(reason.lastIndexOf("ssh HOST ") + 9).split(" ", 2);
            assertEquals("start", command[0]);
            gateway.admin().run("start " + id + " look").problem(409);
            String near = gateway.admin()
                    .run("start " + id + " shio")
                    .problem(404)
                    .path("detail")
                    .asText();
            assertTrue(near.endsWith("did you mean 'ship'?"), near);
            gateway.admin().run(String.join(" ", command)).ok();

            follower.end().exits(0);
        }
        JsonNode ended = gateway.admin().build(id);
        assertEquals("make=succeeded ship=succeeded look=succeeded", states(ended));
        assertEquals(GatewayProcess.ADMIN, job(ended, "ship").path("startedBy").asText());
        String late = gateway.admin()
                .run("start " + id + " ship")
                .problem(409)
                .path("detail")
                .asText();
        assertTrue(late.contains("retry " + id + " jobs=ship"), late);
    }

    @Test
    void aDelayedJobHasItsTime() throws Exception {
        JsonNode build = built("""
                soon: {when: delayed, start_in: 2 seconds, script: [echo soon]}
                """);
        assertEquals("soon=succeeded", states(build));
        JsonNode soon = job(build, "soon");
        long waited = Duration.between(
                        Instant.parse(build.path("created").asText()),
                        Instant.parse(soon.path("started").asText()))
                .toMillis();
        assertTrue(waited >= 2000, soon::toString);
    }

    @Test
    void retryOfWhatFailedTakesOverTheRestWithItsArtifacts() throws Exception {
        Signal mended = gateway.signal();
        long first = gateway.admin().submit("web", Source.spec("""
                stages: [build, test, deploy]
                make: {stage: build, script: ["date +%%s%%N > made"], artifacts: {paths: [made]}}
                unit: {stage: test, script: ["[ -e %s ]"]}
                style: {stage: test, script: ["true"]}
                ship: {stage: deploy, script: [cat made]}
                manual: {stage: deploy, when: manual, script: [echo by hand]}
                """.formatted(mended.file())));
        assertEquals(
                "make=succeeded unit=failed style=succeeded ship=skipped manual=skipped",
                states(gateway.admin().ended(first)));
        mended.give();

        long second = gateway.admin()
                .run("retry " + first + " jobs=failed")
                .ok()
                .json()
                .path("id")
                .asLong();
        JsonNode build = gateway.admin().ended(second);

        assertEquals("make=succeeded unit=succeeded style=succeeded ship=succeeded manual=skipped", states(build));
        assertEquals(first, build.path("retryOf").asLong());
        assertEquals(
                "taken over from build " + first,
                job(build, "make").path("reason").asText());
        assertEquals(artifact(first, "made"), artifact(second, "made"));
        assertEquals(
                artifact(first, "made"),
                gateway.admin()
                        .run("log " + second + " job=ship stream=out")
                        .ok()
                        .text());
        gateway.admin().run("retry " + second + " jobs=failed").problem(409);

        long third = gateway.admin()
                .run("retry " + second + " jobs=manual")
                .ok()
                .json()
                .path("id")
                .asLong();
        JsonNode byName = gateway.admin().ended(third);
        assertEquals("make=succeeded unit=succeeded style=succeeded manual=succeeded", states(byName));
        assertEquals(
                "taken over from build " + first,
                job(byName, "make").path("reason").asText());
        assertEquals(
                "taken over from build " + second,
                job(byName, "unit").path("reason").asText());
        String nearest = gateway.admin()
                .run("retry " + second + " jobs=mnual")
                .problem(422)
                .path("detail")
                .asText();
        assertTrue(nearest.endsWith("did you mean 'manual'?"), nearest);

        Outcome followed = gateway.admin()
                .run("retry " + second + " jobs=unit,ship follow=true format=text")
                .ok();
        assertTrue(followed.text().contains("ship | $ cat made\n"), followed::text);
        assertTrue(followed.errorLines().getFirst().endsWith(" of web queued"), followed::errors);
        assertTrue(followed.errorLines().getLast().contains(" of web succeeded"), followed::errors);
    }

    @Test
    void onlyTheJobsThatAreAskedForAreBuiltWithWhatTheyNeed() throws Exception {
        byte[] source = Source.spec("""
                stages: [build, test, deploy]
                make: {stage: build, script: ["true"]}
                docs: {stage: build, script: ["true"]}
                unit: {stage: test, needs: [make], script: ["true"]}
                ship: {stage: deploy, when: manual, script: ["true"]}
                """).tar();
        JsonNode unit = ended(gateway.admin().run("submit web jobs=unit", source));
        assertEquals("make=succeeded unit=succeeded", states(unit));
        JsonNode ship = ended(gateway.admin().run("submit web jobs=unit,ship", source));
        assertEquals("make=succeeded docs=succeeded unit=succeeded ship=succeeded", states(ship));
        String problem = gateway.admin()
                .run("submit web jobs=unot", source)
                .problem(422)
                .path("detail")
                .asText();
        assertTrue(problem.endsWith("did you mean 'unit'?"), problem);
    }

    @Test
    void aDeployKeySupersedesOnlyWhatItMayCancel() throws Exception {
        Signal signal = gateway.signal();
        byte[] source = Source.script(signal.awaited()).tar();
        Ssh robot = deployKey("robot");
        long people = gateway.admin().submit("web", Source.script(signal.awaited()), "supersede=k ref=main");
        long own = robot.run("submit web supersede=k ref=main", source)
                .ok()
                .json()
                .path("id")
                .asLong();
        robot.run("submit web supersede=k ref=main", source).ok();
        assertEquals("canceled", gateway.admin().ended(own).path("state").asText());
        signal.give();
        assertEquals("succeeded", gateway.admin().ended(people).path("state").asText());
    }

    @Test
    void aCancellationEndsTheProcessesOfAllJobs() throws Exception {
        Survivors one = new Survivors();
        Survivors two = new Survivors();
        Source source =
                Source.spec("""
                one:
                  script:
                    - |
                %s
                two:
                  script:
                    - |
                %s
                later: {stage: deploy, script: ["true"]}
                """.formatted(one.script().indent(6), two.script().indent(6)));
        long id = gateway.admin().submit("web", source);
        try (Running waiting = gateway.admin().start("wait " + id)) {
            Await.until("all processes", () -> one.count() == Survivors.ALL && two.count() == Survivors.ALL);

            gateway.admin().run("cancel " + id + " reason=enough").ok();

            JsonNode ended = waiting.end().exits(3).json();
            assertEquals(0, one.count() + two.count());
            assertEquals("one=canceled two=canceled later=canceled", states(ended));
            assertEquals("enough", ended.path("reason").asText());
        }
    }

    @Test
    void oneJobOfAResourceGroupRunsAtATime() throws Exception {
        Signal signal = gateway.signal();
        Source source = Source.spec("""
                ship: {resource_group: production, script: ["%s"]}
                """.formatted(signal.awaited()));
        long first = gateway.admin().submit("web", source);
        Await.until("the first to run", () -> state(first).equals("running"));
        long second = gateway.admin().submit("web", source);
        JsonNode waiting = gateway.admin().run("queue").ok().items().path(0);
        assertEquals(second, waiting.path("id").asLong());
        assertEquals(
                "resource group production is held by ship of build " + first,
                waiting.path("why").asText());
        assertEquals("queued", state(second));
        signal.give();
        assertEquals("succeeded", gateway.admin().ended(second).path("state").asText());
    }

    @Test
    void testsCoverageAndVariablesAreReadFromWhatAJobLeaves() throws Exception {
        JsonNode build = built("""
                stages: [test, use]
                unit:
                  stage: test
                  coverage: '/Coverage: \\d+\\.\\d+/'
                  script:
                    - echo 'Coverage:'" 81.5%"
                    - echo '<testsuite><testcase time="1.5"/><testcase time="0.5"><failure/></testcase></testsuite>' > r.xml
                    - echo "VERSION=1.2.3" > build.env
                    - exit 1
                  allow_failure: true
                  artifacts: {reports: {junit: r.xml, dotenv: build.env}}
                use: {stage: use, script: ['echo "version $VERSION"']}
                """);
        JsonNode unit = job(build, "unit");
        assertEquals(81.5, unit.path("coverage").asDouble());
        assertEquals(
                "{\"total\":2,\"failed\":1,\"errors\":0,\"skipped\":0,\"seconds\":2.0}",
                unit.path("tests").toString());
        long id = build.path("id").asLong();
        assertEquals(
                "version 1.2.3\n",
                gateway.admin().run("log " + id + " job=use stream=out").ok().text());
        assertEquals(
                0,
                gateway.admin()
                        .run("GET /builds/" + id + "/artifacts")
                        .ok()
                        .items()
                        .size());
    }

    @Test
    void byPathAloneTheArtifactOfTheLastJobIsFetched() throws Exception {
        JsonNode build = built("""
                stages: [one, two]
                first: {stage: one, script: [echo 1 > file], artifacts: {paths: [file]}}
                second: {stage: two, script: [echo 2 > file], artifacts: {paths: [file]}}
                """);
        long id = build.path("id").asLong();
        assertEquals("2\n", artifact(id, "file"));
        assertEquals(
                "1\n",
                gateway.admin()
                        .run("GET /builds/" + id + "/artifacts/file job=first")
                        .ok()
                        .text());
        JsonNode all =
                gateway.admin().run("GET /builds/" + id + "/artifacts").ok().items();
        assertEquals(
                List.of("second", "first"),
                Json.each(all, item -> item.path("job").asText()));
        assertEquals(
                List.of(true, false),
                Json.each(all, item -> item.path("visible").asBoolean(true)));
        String manifest =
                gateway.admin().run("GET /builds/" + id + "/manifest").ok().text();
        assertEquals(1, manifest.lines().filter(line -> line.endsWith("  file")).count(), manifest);
    }

    private static JsonNode built(String spec) throws Exception {
        return gateway.admin().ended(gateway.admin().submit("web", Source.spec(spec)));
    }

    private static JsonNode ended(Outcome submitted) throws Exception {
        return gateway.admin().ended(submitted.ok().json().path("id").asLong());
    }

    private static Ssh deployKey(String name) throws Exception {
        Path key = gateway.key(name);
        gateway.admin()
                .run(
                        "POST /projects/web/deploy-keys name=" + name + " verbs=submit,read-own,read-logs",
                        Files.readString(Path.of(key + ".pub")))
                .ok();
        return gateway.client(key);
    }

    private static String artifact(long build, String path) throws Exception {
        return gateway.admin()
                .run("GET /builds/" + build + "/artifacts/" + path)
                .ok()
                .text();
    }

    private static String state(long build) throws Exception {
        return gateway.admin().build(build).path("state").asText();
    }

    private static JsonNode job(JsonNode build, String name) {
        for (JsonNode job : build.path("jobs")) {
            if (job.path("name").asText().equals(name)) {
                return job;
            }
        }
        throw new AssertionError("no job " + name + " in " + build);
    }

    private static String states(JsonNode build) {
        return String.join(
                " ",
                Json.each(
                        build.path("jobs"),
                        job -> job.path("name").asText() + "="
                                + job.path("state").asText()));
    }
}
