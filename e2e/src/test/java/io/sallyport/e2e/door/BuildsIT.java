package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A whole build over one channel. */
class BuildsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @Test
    void gitArchiveIsBuiltAndItsLogIsShownWhileItIsMade() throws Exception {
        Signal signal = gateway.signal();
        Path checkout = checkout(Source.script("echo first; " + signal.awaited() + "; cat second.txt"));
        String commit = git(checkout, "rev-parse HEAD").strip();

        try (Running build = gateway.admin().start("submit web follow=true ref=main")) {
            build.give(Program.shell("git archive HEAD").in(checkout).run().ok().out());
            build.out().await("\nfirst\n");
            JsonNode accepted = Json.line(build.err().text());
            signal.give();
            Outcome ended = build.end().exits(0);

            assertEquals("web", accepted.path("project").asText());
            assertEquals(commit, accepted.path("commit").asText());
            assertEquals("main", accepted.path("ref").asText());
            assertTrue(ended.text().contains("\nfirst\nsecond\n"), ended::text);
            JsonNode last = ended(ended);
            assertEquals(accepted.path("id"), last.path("id"));
            assertEquals("succeeded", last.path("state").asText());
            assertEquals(2, ended.errorLines().size());
        }
    }

    @Test
    void aBuildIsWhatTheContractSays() throws Exception {
        long id = gateway.admin().submit("web", Source.script("true"), "labels.kind=nightly variables.LEVEL=full");
        JsonNode build = gateway.admin().ended(id);

        assertEquals("succeeded", build.path("state").asText());
        assertEquals(GatewayProcess.ADMIN, build.path("submittedBy").asText());
        assertEquals("nightly", build.path("labels").path("kind").asText());
        assertEquals("full", build.path("variables").path("LEVEL").asText());
        assertEquals("tar", build.path("source").path("kind").asText());
        assertTrue(build.path("source").path("digest").asText().matches("sha256:[0-9a-f]{64}"), build::toString);
        for (String time : List.of("created", "started", "finished")) {
            assertTrue(
                    build.path(time).asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"),
                    build::toString);
        }
        JsonNode job = build.path("jobs").path(0);
        assertEquals(0, job.path("exitCode").asInt(-1));
        assertEquals("process", job.path("executor").asText());
        assertTrue(!build.has("canceledBy") && !build.has("reason"), "absent is left out: " + build);
    }

    @Test
    void aFailingBuildExitsWithOne() throws Exception {
        Outcome failed = gateway.admin()
                .run(
                        "submit web follow=true",
                        Source.script("echo before; exit 7; echo after").tar())
                .exits(1);

        assertTrue(failed.text().contains("\nbefore\n") && !failed.text().contains("\nafter\n"), failed::text);
        assertEquals("failed", ended(failed).path("state").asText());
        assertEquals(7, ended(failed).path("jobs").path(0).path("exitCode").asInt());
    }

    @Test
    void theFirstFailingCommandEndsTheScript() throws Exception {
        Source source = Source.spec("script: [echo one, false, echo three]\n");

        Outcome failed =
                gateway.admin().run("submit web follow=true", source.tar()).exits(1);

        assertTrue(failed.text().contains("\none\n") && !failed.text().contains("\nthree\n"), failed::text);
    }

    @Test
    void withoutFollowTheAnswerIsTheAcceptedBuild() throws Exception {
        Signal signal = gateway.signal();
        JsonNode accepted = gateway.admin()
                .run("submit web", Source.script(signal.awaited()).tar())
                .ok()
                .json();

        assertTrue(List.of("queued", "running").contains(accepted.path("state").asText()), accepted::toString);
        signal.give();
        assertEquals(
                "succeeded",
                gateway.admin()
                        .ended(accepted.path("id").asLong())
                        .path("state")
                        .asText());
    }

    @Test
    void artifactGivesItsBytesOnStandardOutputAndTheLogOnStandardError() throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of("/bin/sh"));
        Source source = Source.script("echo packing; mkdir dist; cp input dist/app")
                .also("artifacts: {paths: [dist/app]}\n")
                .file("input", bytes);

        Outcome outcome = gateway.admin()
                .run("submit web artifact=dist/app", source.tar())
                .ok();

        assertTrue(java.util.Arrays.equals(bytes, outcome.out()), "the artifact's bytes");
        assertTrue(outcome.errors().contains("\npacking\n"), outcome::errors);
        assertEquals("succeeded", ended(outcome).path("state").asText());
    }

    @Test
    void anArtifactThatIsNotThereIsAProblemAfterTheEndedBuild() throws Exception {
        Source source = Source.script("echo > app.py").also("artifacts: {paths: [app.py]}\n");
        Outcome outcome = gateway.admin().run("submit web artifact=app.yp", source.tar());

        outcome.exits(66);
        assertEquals("", outcome.text());
        List<String> lines = outcome.errorLines();
        assertEquals(
                "succeeded",
                Json.line(lines.get(lines.size() - 2) + "\n").path("state").asText());
        String problem = Json.line(lines.getLast() + "\n").path("detail").asText();
        assertTrue(problem.endsWith("has no artifact 'app.yp', did you mean 'app.py'?"), problem);
    }

    @Test
    void peopleAreToldInWordsWhatTheyFollow() throws Exception {
        String text = gateway.admin()
                .run(
                        "submit web follow=true format=text",
                        Source.script("exit 3").tar())
                .exits(1)
                .errors();

        assertTrue(text.matches("build \\d+ of web queued\nbuild \\d+ of web failed: [^\n{]+\n"), text);
    }

    @Test
    void aFailedBuildGivesNoArtifact() throws Exception {
        Source source = Source.script("touch app; false").also("artifacts: {paths: [app]}\n");

        assertEquals(
                "",
                gateway.admin()
                        .run("submit web artifact=app", source.tar())
                        .exits(1)
                        .text());
    }

    @Test
    void theScriptKnowsItsBuildAndWhatItsSubmitterSaid() throws Exception {
        Source source = Source.script(
                        "echo $CI $SALLYPORT_PROJECT $SALLYPORT_BUILD $LEVEL \"$GREETING\" $CI_COMMIT_REF_NAME")
                .also("variables: {LEVEL: low, GREETING: from the spec}\n");
        long id = gateway.admin().submit("web", source, "variables.LEVEL=high ref=topic");

        gateway.admin().ended(id);

        assertEquals(
                "true web " + id + " high from the spec topic\n",
                gateway.admin().run("log " + id + " stream=out").ok().text());
    }

    @Test
    void aLostSubmitterLeavesTheBuildAlone() throws Exception {
        assertEquals("succeeded", stateAfterLosingTheSubmitter("").path("state").asText());
    }

    @Test
    void aLostSubmitterEndsTheBuildIfSheSaidSo() throws Exception {
        JsonNode build = stateAfterLosingTheSubmitter("on-disconnect=cancel");

        assertEquals("canceled", build.path("state").asText());
        assertEquals(GatewayProcess.ADMIN, build.path("canceledBy").asText());
    }

    private static JsonNode stateAfterLosingTheSubmitter(String parameters) throws Exception {
        Signal signal = gateway.signal();
        Source source = Source.script("echo begun; " + signal.awaited());
        try (Running build = gateway.admin().start("submit web follow=true " + parameters, source.tar())) {
            build.out().await("\nbegun\n");
            long id = Json.line(build.err().text()).path("id").asLong();
            build.kill().end();
            if (parameters.isEmpty()) {
                signal.give();
            }
            return gateway.admin().ended(id);
        }
    }

    private static JsonNode ended(Outcome outcome) {
        return Json.line(outcome.errorLines().getLast() + "\n");
    }

    private static Path checkout(Source source) throws Exception {
        Path folder = Files.createDirectory(gateway.work().resolve("checkout"));
        Program.of("tar", "-x")
                .in(folder)
                .run(source.file("second.txt", "second\n").tar())
                .ok();
        git(folder, "init -q");
        git(folder, "add -A");
        git(folder, "-c user.name=e2e -c user.email=e2e@localhost commit -q -m first");
        return folder;
    }

    private static String git(Path folder, String words) throws Exception {
        return Program.shell("git " + words).in(folder).run().ok().text();
    }
}
