package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Branches and tags whose builds are trusted: who may submit to them, and what such builds are given. */
class ProtectedRefsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 4");

    private static final Source SOURCE =
            Source.script("echo \"<${DEPLOY-none}> ${OPEN-none} $CI_COMMIT_REF_PROTECTED\" | tr a-z A-Z");
    private static final String TRUSTED = "<A SECRET TO DEPLOY WITH> FOR ALL BUILDS TRUE\n";
    private static final String UNTRUSTED = "<NONE> FOR ALL BUILDS FALSE\n";

    private static byte[] source;
    private static Ssh maintainer;
    private static Ssh builder;

    @BeforeAll
    static void aProjectWithProtectedRefs() throws Exception {
        protect("web");
        maintainer = gateway.user("mia", "maintainer:*");
        builder = gateway.user("ben", "builder:*");
        maintainer
                .run("PUT /projects/web/secrets/DEPLOY protected=true", "a secret to deploy with")
                .ok();
        maintainer
                .run("PUT /projects/web/secrets/OPEN masked=false", "for all builds")
                .ok();
        source = SOURCE.tar();
    }

    private static void protect(String project) throws Exception {
        gateway.admin()
                .run("PUT /projects/" + project, "{\"protectedRefs\":[\"main\",\"release/**\",\"refs/tags/v*\"]}")
                .ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "refs/heads/main", "refs/tags/main", "release/1/2", "refs/tags/v1"})
    void onlyMaintainersSubmitToThem(String ref) throws Exception {
        JsonNode problem = builder.run("submit web ref=" + ref, source).problem(403);
        assertTrue(problem.path("detail").asText().contains("is protected"), problem::toString);
        assertTrue(problem.path("detail").asText().contains("needs maintainer"), problem::toString);

        Outcome build =
                maintainer.run("submit web follow=true ref=" + ref, source).ok();

        assertTrue(build.text().contains(TRUSTED), build.text());
        assertTrue(accepted(build).path("trusted").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mainly", "refs/heads/refs/heads/main", "v1", "refs/heads/v1", "feature/main", "Main"})
    void othersAreForEveryBuilderAndNotTrusted(String ref) throws Exception {
        Outcome build = builder.run("submit web follow=true ref=" + ref, source).ok();

        assertTrue(build.text().contains(UNTRUSTED), build.text());
        assertTrue(
                build.text()
                        .contains(
                                "NOTICE: secret DEPLOY is not given: it is protected, and this build is not trusted\n"),
                build.text());
        assertFalse(accepted(build).has("trusted"));
    }

    @Test
    void nobodyIsGivenTheBuildOfAnotherWhoHasGuessedTheIdempotencyKey() throws Exception {
        String key = " idempotency-key=" + "c".repeat(40);
        long bad = builder.submit("web", Source.script("echo evil > app"), "ref=topic" + key);

        JsonNode problem = maintainer.run("submit web ref=main" + key, source).problem(409);
        assertTrue(problem.path("detail").asText().contains("of somebody else"), problem::toString);
        maintainer.run("submit web ref=topic" + key, source).problem(409);
        builder.run("submit web ref=other" + key, source).problem(409);
        builder.run("submit web" + key, source).problem(409);
        assertEquals(
                bad,
                builder.run("submit web ref=refs/heads/topic" + key, source)
                        .ok()
                        .json()
                        .path("id")
                        .asLong());
    }

    @Test
    void aBuildOfNoRefIsNotTrustedWhoeverSubmitsIt() throws Exception {
        assertTrue(maintainer.run("submit web follow=true", source).ok().text().contains(UNTRUSTED));
        builder.run("submit web", source).ok();
        Path archive = gateway.work().resolve("source.tar");
        Files.write(archive, source);
        maintainer
                .copying("sftp", "-b", "-", "127.0.0.1")
                .run(("put " + archive + " /incoming/web/source.tar\n").getBytes(UTF_8))
                .ok();
        JsonNode latest =
                maintainer.run("GET /projects/web/builds limit=1").items().path(0);
        assertFalse(latest.has("trusted"), latest::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'a b'", "refs/heads/", "refs/tags/"})
    void aRefIsAName(String ref) throws Exception {
        JsonNode problem = maintainer.run("submit web ref=" + ref, source).problem(400);

        assertTrue(problem.path("detail").asText().startsWith("ref is a branch or tag"), problem::toString);
    }

    @Test
    void aRefHasOneNameHoweverItIsWritten() throws Exception {
        long branch = maintainer.submit("web", SOURCE, "ref=refs/heads/one-name");
        long tag = maintainer.submit("web", SOURCE, "ref=refs/tags/one-name");

        assertEquals("one-name", maintainer.build(branch).path("ref").asText());
        assertEquals("refs/tags/one-name", maintainer.build(tag).path("ref").asText());
        for (String written : new String[] {"one-name", "refs/heads/one-name"}) {
            JsonNode found = maintainer.run("ls ref=" + written).items();
            assertEquals(1, found.size());
            assertEquals(branch, found.path(0).path("id").asLong());
        }
    }

    @Test
    void aRetryIsTrustedWhenWhoAsksMayAndTheRefIsStillProtected() throws Exception {
        protect("again");
        maintainer
                .run("PUT /projects/again/secrets/DEPLOY protected=true", "a secret to deploy with")
                .ok();
        long first = maintainer.submit("again", SOURCE, "ref=main");

        JsonNode byBuilder = builder.run("retry " + first).ok().json();
        JsonNode byMaintainer = maintainer.run("retry " + first).ok().json();

        assertFalse(byBuilder.has("trusted"));
        assertTrue(byMaintainer.path("trusted").asBoolean());
        long lost = byBuilder.path("id").asLong();
        assertFalse(maintainer.run("retry " + lost).json().has("trusted"), "what was lost does not come back");
        maintainer.ended(lost);
        assertTrue(maintainer.run("log " + lost).text().contains("NOTICE: secret DEPLOY is not given"));
        gateway.admin().run("PUT /projects/again", "{}").ok();
        assertFalse(maintainer.run("retry " + first).json().has("trusted"), "the ref is protected no more");
    }

    @Test
    void aJobOfATrustedBuildIsStartedByThoseWhoMaySubmitThere() throws Exception {
        protect("manual");
        Source manual = Source.spec("test: {script: 'true'}\ndeploy: {rules: [{when: manual}], script: 'true'}\n");
        long trusted = maintainer.submit("manual", manual, "ref=main");
        long other = maintainer.submit("manual", manual, "ref=next");
        for (long build : new long[] {trusted, other}) {
            Await.until(
                    "the job waits for somebody",
                    () -> maintainer
                            .build(build)
                            .path("jobs")
                            .path(1)
                            .path("state")
                            .asText()
                            .equals("manual"));
        }

        builder.run("start " + other + " deploy").ok();
        builder.run("start " + trusted + " deploy").problem(403);
        gateway.admin().run("PUT /projects/manual", "{}").ok();
        builder.run("start " + trusted + " deploy").problem(403);
        maintainer.run("start " + trusted + " deploy").ok();
    }

    @Test
    void aDeployKeySubmitsToThemWhenItsRefsNameThemAndItsMakerMay() throws Exception {
        Ssh named = key(maintainer, "named", "refs=main,release/*");
        Ssh any = key(maintainer, "any", "refs=**");
        Ssh free = key(maintainer, "free", "");

        assertTrue(named.run("submit web ref=main", source)
                .ok()
                .json()
                .path("trusted")
                .asBoolean());
        named.run("submit web ref=release/1/2", source).problem(403);
        for (Ssh key : new Ssh[] {any, free}) {
            JsonNode problem = key.run("submit web ref=main", source).problem(403);
            assertTrue(problem.path("detail").asText().contains("its refs must name"), problem::toString);
            key.run("submit web ref=next", source).ok();
        }
        gateway.admin()
                .run("PUT /identities/mia", "{\"grants\":[{\"role\":\"builder\",\"project\":\"*\"}]}")
                .ok();
        named.run("submit web ref=main", source).problem(403);
        gateway.admin()
                .run("PUT /identities/mia", "{\"grants\":[{\"role\":\"maintainer\",\"project\":\"*\"}]}")
                .ok();
    }

    private static Ssh key(Ssh maker, String name, String scope) throws Exception {
        Path key = gateway.key(name);
        maker.run(
                        "POST /projects/web/deploy-keys name=" + name + " verbs=submit,read-own " + scope,
                        Files.readString(Path.of(key + ".pub")))
                .ok();
        return gateway.client(key);
    }

    @Test
    void whoMayNotSeeTheProjectIsToldNothingOfItsRefs() throws Exception {
        Ssh stranger = gateway.user("sam");

        Outcome mine = stranger.run("submit web ref=main", source);
        Outcome none = stranger.run("submit nowhere ref=main", source);

        assertEquals(none.errors().replace("nowhere", "web"), mine.errors());
        assertEquals(none.exit(), mine.exit());
    }

    /** The build as it was accepted. */
    private static JsonNode accepted(Outcome followed) {
        return Json.line(followed.errorLines().getFirst() + "\n");
    }
}
