package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Submissions that say where the source is: {@code {"git":{"url","ref"}}}. */
class GitSourceIT {
    private static final String SPEC = "printf 'script:\\n  - cat file\\n  - env\\n' > .sallyport.yml && ";
    private static final String PASSWORD = "hunter22hunter22";

    private static GitHost host;
    private static GatewayProcess gateway;
    private static String commit;

    @BeforeAll
    static void start() throws Exception {
        Program.need("git");
        host = new GitHost();
        commit = host.repository("web", SPEC + "echo from-the-repository > file");
        host.in("web", "git tag v1 && git branch topic");
        host.repository("private", SPEC + "echo from-the-private-one > file");
        host.repository("stuck", SPEC + "true");
        gateway = new GatewayProcess(
                        "git.allow: localhost:*",
                        "git.plainHttp: true",
                        "git.allowAddresses: 127.0.0.1 ::1",
                        "builds.atOnce: 4")
                .prepare()
                .start()
                .projects("web");
    }

    @AfterAll
    static void end() throws Exception {
        gateway.close();
        host.close();
    }

    @Test
    void aPublicRepositoryIsBuilt() throws Exception {
        JsonNode build = gateway.admin()
                .run("submit web", host.document("web", "main"))
                .ok()
                .json();

        assertEquals("main", build.path("ref").asText());
        assertEquals(commit, build.path("commit").asText());
        assertEquals("git", build.at("/source/kind").asText());
        assertEquals(host.url("web"), build.at("/source/url").asText());
        assertEquals("refs/heads/main", build.at("/source/ref").asText());
        assertEquals(commit, build.at("/source/commit").asText());
        assertTrue(build.at("/source/digest").asText().startsWith("sha256:"));
        long id = build.path("id").asLong();
        assertEquals("succeeded", gateway.admin().ended(id).path("state").asText());
        String log = gateway.admin().run("log " + id + " stream=out").ok().text();
        assertTrue(log.contains("from-the-repository\n"), log);
        assertTrue(log.contains("CI_COMMIT_SHA=" + commit + "\n"), log);
        byte[] tar =
                gateway.admin().run("GET /builds/" + id + "/source.tar").ok().out();
        assertEquals(
                commit,
                Program.of("git", "get-tar-commit-id").run(tar).ok().text().strip());
        JsonNode materials = provenance(id).at("/predicate/buildDefinition/resolvedDependencies");
        assertTrue(
                Json.each(materials, JsonNode::toString)
                        .contains("{\"uri\":\"git+" + host.url("web")
                                + "@refs/heads/main\",\"digest\":{\"gitCommit\":\"" + commit + "\"}}"),
                materials::toString);
    }

    private static JsonNode provenance(long id) throws Exception {
        JsonNode envelope =
                gateway.admin().run("GET /builds/" + id + "/provenance").ok().json();
        return Json.document(
                new String(Base64.getDecoder().decode(envelope.path("payload").asText()), StandardCharsets.UTF_8));
    }

    @Test
    void aRetryNeedsNoRepository() throws Exception {
        long id = submit("web", "v1", "");
        JsonNode first = gateway.admin().ended(id);
        int before = host.got().size();

        JsonNode again = gateway.admin()
                .ended(gateway.admin().run("retry " + id).ok().json().path("id").asLong());

        assertEquals("refs/tags/v1", again.path("ref").asText());
        assertEquals(first.path("source"), again.path("source"));
        assertEquals("succeeded", again.path("state").asText());
        assertEquals(before, host.got().size());
    }

    private static long submit(String repository, String ref, String parameters) throws Exception {
        return gateway.admin()
                .run("submit web " + parameters, host.document(repository, ref))
                .ok()
                .json()
                .path("id")
                .asLong();
    }

    @Test
    void theSubmittersWordsStandBeforeThoseOfTheRepository() throws Exception {
        JsonNode build =
                gateway.admin().build(submit("web", commit, "ref=refs/tags/nightly commit=" + commit.substring(0, 10)));

        assertEquals("refs/tags/nightly", build.path("ref").asText());
        assertEquals(commit, build.path("commit").asText());
        assertFalse(build.path("source").has("ref"), build::toString);
        assertFalse(gateway.admin().build(submit("web", commit, "")).has("ref"));
        JsonNode problem = gateway.admin()
                .run("submit web commit=" + "1".repeat(40), host.document("web", "main"))
                .problem(422);
        assertEquals("other-commit", problem.path("type").asText());
        assertTrue(problem.path("detail").asText().contains(commit), problem::toString);
        assertTrue(problem.path("detail").asText().contains("1".repeat(40)), problem::toString);
    }

    @Test
    void whatCannotBeFetchedIsSaid() throws Exception {
        assertProblem(422, "git-no-ref", "did you mean 'main'?", host.document("web", "mian"));
        assertProblem(422, "git-no-repository", "answers 404", host.document("none", ""));
        assertProblem(422, "git-no-repository", "GIT_CREDENTIALS", host.document("privateer", ""));
        assertProblem(403, "forbidden", "git.allow", "{\"git\":{\"url\":\"https://github.com/team/web\"}}");
        assertProblem(422, "bad-document", "file://", "{\"git\":{\"url\":\"file:///etc\"}}");
        assertProblem(
                422, "bad-document", "did you mean 'git.ref'", "{\"git\":{\"url\":\"https://a.b/c\",\"reff\":\"x\"}}");
        assertProblem(503, "git-unreachable", "cannot be connected", "{\"git\":{\"url\":\"http://localhost:1/web\"}}");
    }

    private static void assertProblem(int status, String type, String words, String document) throws Exception {
        JsonNode problem = gateway.admin().run("submit web", document).problem(status);
        assertEquals(type, problem.path("type").asText(), problem::toString);
        assertTrue(problem.path("detail").asText().contains(words), problem::toString);
    }

    @Test
    void credentialsAreShownToTheirHostAndToNobodyElse() throws Exception {
        gateway.projects("closed");
        Ssh maintainer = gateway.user("mia", "maintainer:closed");
        Ssh builder = gateway.user("ben", "builder:closed");
        builder.run("submit closed", host.document("private", "")).problem(422);
        maintainer
                .run(
                        "PUT /projects/closed/secrets/GIT_CREDENTIALS",
                        host.url("private").replace("http://", "http://ann:" + PASSWORD + "@") + "\n")
                .ok();

        Outcome build = builder.run("submit closed follow=true", host.document("private", "main"))
                .ok();

        assertTrue(build.text().contains("from-the-private-one\n"), build.text());
        assertFalse(build.text().contains("GIT_CREDENTIALS"), build.text());
        assertFalse(build.text().contains(PASSWORD), build.text());
        assertFalse(build.errors().contains(PASSWORD), build.errors());
        String refusal =
                builder.run("submit closed", host.document("privateer", "")).errors();
        assertFalse(refusal.contains(PASSWORD), refusal);
        assertFalse(gateway.log().contains(PASSWORD));
        assertFalse(gateway.admin().run("GET /audit").text().contains(PASSWORD));
        maintainer
                .run(
                        "PUT /projects/closed/secrets/GIT_CREDENTIALS protected=true",
                        host.url("private").replace("http://", "http://ann:" + PASSWORD + "@"))
                .ok();
        builder.run("submit closed", host.document("private", "main")).problem(422);
    }

    @Test
    void aProtectedRefIsProtectedWhoeverNamesIt() throws Exception {
        gateway.admin()
                .run("PUT /projects/guarded", "{\"protectedRefs\":[\"main\"]}")
                .ok();
        Ssh maintainer = gateway.user("max", "maintainer:guarded");
        Ssh builder = gateway.user("bob", "builder:guarded");

        for (String ref : List.of("main", "refs/heads/main", "")) {
            JsonNode problem =
                    builder.run("submit guarded", host.document("web", ref)).problem(403);
            assertTrue(problem.path("detail").asText().contains("refs/heads/main"), problem::toString);
        }
        builder.run("submit guarded ref=topic", host.document("web", "main")).ok();
        builder.run("submit guarded", host.document("web", "topic")).ok();
        assertFalse(maintainer
                .run("submit guarded", host.document("web", "main"))
                .ok()
                .json()
                .has("trusted"));
        assertTrue(maintainer
                .run("submit guarded ref=main", host.document("web", "main"))
                .ok()
                .json()
                .path("trusted")
                .asBoolean());
    }

    @Test
    void theSameKeyGivesTheSameBuild() throws Exception {
        String key = "idempotency-key=of-git";
        long id = submit("web", "topic", key);

        assertEquals(id, submit("web", "topic", key));
        gateway.admin().run("submit web " + key, host.document("web", "main")).problem(409);
    }

    @Test
    void aDeployKeyFetchesWithinItsBytes() throws Exception {
        Path key = gateway.key("ci");
        gateway.admin()
                .run(
                        "POST /projects/web/deploy-keys name=ci verbs=submit,read-own bytes-per-day=400",
                        Files.readString(key.resolveSibling(key.getFileName() + ".pub")))
                .ok();
        Ssh ci = gateway.client(key);

        JsonNode problem = ci.run("submit web", host.document("web", "main")).problem(429);

        assertTrue(problem.path("detail").asText().contains("bytes"), problem::toString);
    }

    /** More often than there are turns, so that none is lost. */
    @Test
    void whoHangsUpEndsTheFetch() throws Exception {
        for (int times = 0; times < 5; times++) {
            Running submitting = gateway.admin()
                    .start("submit web", host.document("stuck", "").getBytes(StandardCharsets.UTF_8));
            host.awaitStuck();

            submitting.close();

            Await.until(
                    "the end of what was fetched",
                    () -> temporary(gateway.home()).isEmpty());
        }
    }

    /** Files of the content store that are being written. */
    private static List<Path> temporary(Path home) throws Exception {
        return blobs(home.resolve("blobs/tmp"));
    }

    @Test
    void whatIsNotFetchedIsInTheLog() throws Exception {
        host.repository(
                "parts",
                SPEC + "echo x > file && git update-index --add --cacheinfo 160000," + commit + ",lib/sub"
                        + " && mkdir -p lib/sub && git commit -qm sub");

        String log = gateway.admin()
                .run("submit web follow=true", host.document("parts", ""))
                .ok()
                .text();

        assertTrue(
                log.contains("NOTICE: lib/sub:1:1: submodules are not fetched, their folders are empty: lib/sub\n"),
                log);
    }

    @Test
    void whatWasFetchedHalfIsGoneAfterACrash() throws Exception {
        try (GatewayProcess other = new GatewayProcess(
                        "git.allow: localhost:*", "git.plainHttp: true", "git.allowAddresses: 127.0.0.1 ::1")
                .prepare()
                .start()
                .projects("web")) {
            Running submitting =
                    other.admin().start("submit web", host.document("stuck", "").getBytes(StandardCharsets.UTF_8));
            host.awaitStuck();
            Await.until(
                    "the temporary files",
                    () -> !blobs(other.home().resolve("blobs")).isEmpty());
            other.kill();
            submitting.awaitExit();

            other.start();

            assertEquals(List.of(), blobs(other.home().resolve("blobs")));
            assertEquals(0, other.admin().run("ls").ok().items().size());
        }
    }

    private static List<Path> blobs(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void withoutAWordOfTheOperatorNothingIsFetched() throws Exception {
        try (GatewayProcess usual = new GatewayProcess().prepare().start().projects("web")) {
            JsonNode problem = usual.admin()
                    .run("submit web", host.document("web", "main"))
                    .problem(403);

            assertTrue(problem.path("detail").asText().contains("git.allow"), problem::toString);
        }
    }
}
