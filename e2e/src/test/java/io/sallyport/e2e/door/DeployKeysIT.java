package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of projects: what each may, from where, how long and how much. */
class DeployKeysIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 4");

    private static final int NOT_LET_IN = 255;
    private static final Map<String, Ssh> KEYS = new HashMap<>();
    private static final Source SOURCE = Source.script("echo built; touch app").also("artifacts: {paths: [app]}\n");
    private static Ssh maintainer;
    private static byte[] source;
    private static long foreign;
    private static int made;

    @BeforeAll
    static void aProjectWithABuildOfItsMaintainer() throws Exception {
        gateway.projects("web", "theirs");
        maintainer = gateway.user("mia", "maintainer:web");
        source = SOURCE.tar();
        foreign = maintainer.submit("web", SOURCE);
        maintainer.ended(foreign);
        for (String verbs : List.of("submit", "read-own", "read-logs", "get-artifact")) {
            KEYS.put(verbs, key(maintainer, "web", "only-" + verbs, "verbs=" + verbs));
        }
        KEYS.put("submit,read-own", key(maintainer, "web", "ci", "verbs=submit,read-own"));
    }

    @Test
    void aScriptBuildsWithNothingButItsKey() throws Exception {
        Ssh ci = key(maintainer, "web", "script", "verbs=submit,read-own,read-logs,get-artifact");

        Outcome build = ci.run("submit web ref=main follow=true", source).ok();

        assertTrue(build.text().contains("built"), build.text());
        JsonNode accepted = Json.line(build.errorLines().getFirst() + "\n");
        long id = accepted.path("id").asLong();
        assertEquals("deploy:web:script", accepted.path("submittedBy").asText());
        assertEquals("succeeded", ci.build(id).path("state").asText());
        assertEquals(1, ci.run("ls").ok().items().size());
        assertEquals(1, ci.run("GET /projects/web/builds").ok().items().size());
        ci.run("log " + id).ok();
        ci.run("GET /builds/" + id + "/source.tar").ok();
        ci.run("GET /builds/" + id + "/artifacts/app").ok();
        ci.run("retry " + id).ok();
        ci.run("submit web artifact=app", source).ok();
    }

    @Test
    void whoamiTellsWhatTheKeyIsFor() throws Exception {
        Ssh ci = key(
                maintainer,
                "web",
                "known",
                "from=127.0.0.0/8,::1 refs=main,v* builds-per-hour=9 builds-at-once=2 bytes-per-day=1000000");

        JsonNode me = ci.run("whoami").ok().json();

        assertEquals("deploy:web:known", me.path("identity").asText());
        assertEquals("deploy-key", me.path("kind").asText());
        assertEquals("web", me.path("project").asText());
        assertEquals("mia", me.path("creator").asText());
        assertEquals("[\"submit\",\"read-own\",\"read-logs\"]", me.path("verbs").toString());
        assertEquals("[\"main\",\"v*\"]", me.path("refs").toString());
        assertEquals("127.0.0.0/8", me.path("from").path(0).asText());
        assertEquals(
                "{\"buildsPerHour\":9,\"buildsAtOnce\":2,\"bytesPerDay\":1000000}",
                me.path("quotas").toString());
        assertTrue(me.has("expires"));
        assertFalse(me.has("grants"));
    }

    /** FOREIGN is a build of the same project that somebody else submitted. */
    @ParameterizedTest
    @CsvSource({
        "submit,          submit web,                       0",
        "submit,          submit web follow=true,           77",
        "submit,          submit web artifact=app,          77",
        "submit,          submit web priority=1,            77",
        "submit,          retry FOREIGN,                    66",
        "submit,          cancel FOREIGN,                   66",
        "submit,          show FOREIGN,                     66",
        "submit,          log FOREIGN,                      66",
        "submit,          GET /builds/FOREIGN/artifacts,    66",
        "submit,          GET /projects/web/builds,         77",
        "submit,          GET /projects/web,                0",
        "read-own,        submit web,                       77",
        "read-own,        GET /projects/web/builds,         0",
        "read-own,        show FOREIGN,                     66",
        "read-own,        GET /builds/FOREIGN/source.tar,   66",
        "read-own,        log FOREIGN,                      66",
        "read-own,        GET /builds/FOREIGN/artifacts/app, 66",
        "read-logs,       submit web,                       77",
        "read-logs,       log FOREIGN,                      0",
        "read-logs,       show FOREIGN,                     66",
        "read-logs,       GET /builds/FOREIGN/artifacts.tar, 66",
        "get-artifact,    submit web,                       77",
        "get-artifact,    GET /builds/FOREIGN/artifacts,    0",
        "get-artifact,    GET /builds/FOREIGN/artifacts/app, 0",
        "get-artifact,    GET /builds/FOREIGN/artifacts.tar, 0",
        "get-artifact,    log FOREIGN,                      66",
        "get-artifact,    GET /builds/FOREIGN/source.tar,   66",
        "get-artifact,    retry FOREIGN,                    66",
    })
    void eachVerbIsForItself(String verbs, String request, int exit) throws Exception {
        KEYS.get(verbs)
                .run(request.replace("FOREIGN", Long.toString(foreign)), source)
                .exits(exit);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /projects/web/deploy-keys name=more, 77",
        "GET /projects/web/deploy-keys, 77",
        "PUT /identities/eve, 77",
        "POST /identities/mia/keys, 77",
        "GET /identities, 77",
        "PUT /projects/web, 77",
        "DELETE /projects/web, 77",
        "GET /audit, 77",
        "GET /projects/theirs, 66",
        "submit theirs, 66",
        "DELETE /keys/SHA256:x, 66"
    })
    void noDeployKeyManagesAnything(String request, int exit) throws Exception {
        Ssh ci = KEYS.get("submit,read-own");

        ci.run(request, source).exits(exit);
    }

    @Test
    void itsOwnKeyIsNotItsToRemove() throws Exception {
        Ssh ci = KEYS.get("submit,read-own");
        String own = ci.run("whoami")
                .ok()
                .json()
                .path("credential")
                .path("fingerprint")
                .asText();

        ci.run("DELETE /keys/" + own).problem(404);
        ci.run("DELETE /projects/web/deploy-keys/" + own).problem(403);
        ci.run("whoami").ok();
    }

    @Test
    void ownBuildsAreSeenWithoutTheirLogs() throws Exception {
        Ssh ci = KEYS.get("submit,read-own");
        long own = ci.submit("web", SOURCE);
        ci.ended(own);

        ci.run("show " + own).ok();
        ci.run("log " + own).problem(403);
        ci.run("GET /builds/" + own + "/artifacts").problem(403);
    }

    @Test
    void ofTheQueueItSeesItsOwn() throws Exception {
        Signal signal = gateway.signal();
        Source waiting = Source.script(signal.awaited());
        Ssh ci = key(maintainer, "web", "queued", "verbs=submit,read-own");
        for (int i = 0; i < 5; i++) {
            maintainer.submit("web", waiting);
        }
        long own = ci.submit("web", waiting);

        JsonNode queue = ci.run("queue").ok().items();

        assertEquals(1, queue.size(), queue::toString);
        assertEquals(own, queue.path(0).path("id").asLong());
        ci.run("cancel " + own).ok();
        signal.give();
    }

    @Test
    void sftpShowsTheSameTree() throws Exception {
        Ssh ci = key(maintainer, "web", "files", "verbs=submit,read-own,read-logs,get-artifact");
        Path archive = Files.write(gateway.work().resolve("files.tar"), source);
        Path batch = Files.writeString(
                gateway.work().resolve("batch"),
                "put " + archive + " /incoming/web/files.tar\nls -1 /builds\nls -1 /projects\n");

        Outcome listed =
                ci.copying("sftp", "-b", batch.toString(), "127.0.0.1").run().ok();

        assertFalse(listed.text().lines().anyMatch(line -> line.strip().equals("/builds/" + foreign)), listed.text());
        assertFalse(listed.text().contains("theirs"), listed.text());
        long own = ci.run("ls").ok().items().path(0).path("id").asLong();
        assertTrue(listed.text().contains("/builds/" + own), listed.text());
        ci.ended(own);
        for (String file : List.of("build.json", "log", "source.tar", "artifacts/app")) {
            ci.copying("scp", "127.0.0.1:/builds/" + own + "/" + file, "/dev/null")
                    .run()
                    .ok();
        }
        Outcome hidden = ci.copying("scp", "127.0.0.1:/builds/" + foreign + "/build.json", "/dev/null")
                .run();
        assertTrue(hidden.errors().contains("No such file"), hidden.errors());
    }

    @Test
    void aRefMustBeOneOfThoseGiven() throws Exception {
        Ssh ci = key(maintainer, "web", "branches", "verbs=submit refs=main,release/*");

        ci.run("submit web ref=main", source).ok();
        ci.run("submit web ref=release/1", source).ok();
        JsonNode problem = ci.run("submit web ref=next", source).problem(403);
        assertTrue(problem.path("detail").asText().contains("[main, release/*]"), problem::toString);
        ci.run("submit web", source).problem(403);
        ci.run("submit web ref=release/1/2", source).problem(403);
    }

    @Test
    void theIdempotencyKeyOfAnotherTellsNothing() throws Exception {
        maintainer.submit("web", SOURCE, "idempotency-key=guessed");

        KEYS.get("submit").run("submit web idempotency-key=guessed", source).problem(409);
    }

    @Test
    void itLetsInFromItsNetworksOnly() throws Exception {
        Ssh ci = key(maintainer, "web", "office", "from=127.0.0.2");

        assertEquals(NOT_LET_IN, ci.run("whoami").exit());
        assertTrue(gateway.log().contains("deploy key deploy:web:office from elsewhere"));
        ci.with("-o", "BindAddress=127.0.0.2").run("whoami").ok();
        JsonNode use = use("office");
        assertEquals(1, use.path("logins").asInt());
        assertEquals("127.0.0.2", use.path("from").asText());
    }

    @Test
    void whenItExpiresItsSessionsEnd() throws Exception {
        Signal signal = gateway.signal();
        long build = maintainer.submit("web", Source.script(signal.awaited()));
        Ssh ci = key(maintainer, "web", "brief", "verbs=read-logs expires=15s");
        try (Running follower = ci.start("log " + build + " -f", new byte[0])) {
            follower.out().awaitLines(1);

            Outcome end = follower.end();

            assertEquals(NOT_LET_IN, end.exit(), end::errors);
        }
        assertEquals(NOT_LET_IN, ci.run("whoami").exit());
        assertTrue(gateway.log().contains("expired deploy key deploy:web:brief"));
        signal.give();
    }

    @Test
    void whenItIsRemovedItsSessionsEnd() throws Exception {
        Signal signal = gateway.signal();
        long build = maintainer.submit("web", Source.script(signal.awaited()));
        Ssh ci = key(maintainer, "web", "gone", "verbs=read-logs");
        try (Running follower = ci.start("log " + build + " -f", new byte[0])) {
            follower.out().awaitLines(1);

            maintainer
                    .run("DELETE /projects/web/deploy-keys/"
                            + listed("gone").path("fingerprint").asText())
                    .ok();
            Await.until("the end of its session", Duration.ofSeconds(5), () -> !follower.alive());
        }
        assertEquals(NOT_LET_IN, ci.run("whoami").exit());
        signal.give();
    }

    @Test
    void quotasAreTold() throws Exception {
        Signal signal = gateway.signal();
        Ssh hourly = key(maintainer, "web", "hourly", "builds-per-hour=1");
        Ssh single = key(maintainer, "web", "single", "builds-at-once=1");
        Ssh daily = key(maintainer, "web", "daily", "bytes-per-day=" + source.length);

        long first = hourly.submit("web", SOURCE);
        assertQuota("builds-per-hour", 3590, 3600, hourly.run("submit web", source));
        assertQuota("builds-per-hour", 3590, 3600, hourly.run("retry " + first));

        long waiting = single.submit("web", Source.script(signal.awaited()));
        assertQuota("builds-at-once", 1, 60, single.run("submit web", source));
        signal.give();
        single.ended(waiting);
        single.run("submit web", source).ok();

        daily.run("submit web", source).ok();
        assertQuota("bytes-per-day", 86_000, 86_400, daily.run("submit web", source));
        assertEquals(source.length, use("daily").path("bytes").asLong());
        assertEquals(1, use("daily").path("submissions").asLong());
    }

    @Test
    void anUploadEndsWhereItsDayDoes() throws Exception {
        Ssh daily = key(maintainer, "web", "large", "bytes-per-day=1000");

        assertQuota("bytes-per-day", 86_000, 86_400, daily.run("submit web", source));

        assertEquals(0, use("large").path("submissions").asLong());
    }

    @Test
    void itMayNoMoreThanItsMakerMayNow() throws Exception {
        Ssh max = gateway.user("max", "maintainer:web");
        Ssh ci = key(max, "web", "of-max", "verbs=submit,read-own");
        ci.run("submit web", source).ok();

        grant("max", "viewer", false);
        ci.run("submit web", source).problem(403);
        ci.run("ls").ok();
        grant("max", "maintainer", true);
        assertEquals(NOT_LET_IN, ci.run("ls").exit());
        grant("max", "maintainer", false);
        ci.run("submit web", source).ok();

        gateway.admin().run("DELETE /identities/max").ok();
        assertEquals(NOT_LET_IN, ci.run("ls").exit());
        grant("max", "maintainer", false);
        assertEquals(NOT_LET_IN, ci.run("ls").exit());
    }

    @Test
    void aProjectMadeAnewGivesOldKeysNothing() throws Exception {
        gateway.projects("again");
        Ssh ci = key(gateway.admin(), "again", "ci", "");
        ci.run("submit again", source).ok();

        gateway.admin().run("DELETE /projects/again").ok();
        assertEquals(NOT_LET_IN, ci.run("ls").exit());
        gateway.projects("again");
        assertEquals(NOT_LET_IN, ci.run("ls").exit());
        assertEquals(
                0,
                gateway.admin()
                        .run("GET /projects/again/deploy-keys")
                        .ok()
                        .items()
                        .size());
    }

    @Test
    void theSameKeyAgainGetsTheNewScope() throws Exception {
        Ssh ci = key(maintainer, "web", "changed", "verbs=read-logs");
        String line = Files.readString(Path.of(ci.key() + ".pub"));

        maintainer
                .run("POST /projects/web/deploy-keys name=changed verbs=submit", line)
                .ok();

        ci.run("log " + foreign).problem(404);
        ci.run("submit web", source).ok();
        gateway.admin().run("POST /projects/theirs/deploy-keys name=ci", line).problem(409);
        gateway.admin().run("POST /identities/mia/keys", line).problem(409);
        maintainer
                .run("POST /projects/web/deploy-keys name=ci", Files.readString(Path.of(gateway.key("spare") + ".pub")))
                .problem(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "verbs=submit | a deploy key needs a name: name=ci",
                "name=Bad | 'Bad' is no name for a deploy key",
                "name=x verbs=submit,read-log | did you mean 'read-logs'?",
                "name=x verbs= | verbs are made of submit, read-own, read-logs, get-artifact",
                "name=x expires=soon | expires is a time such as 90d or 12h",
                "name=x expires=367d | a deploy key lives at most 366d",
                "name=x expires=0s | expires lies in the past",
                "name=x expires=2020-01-01T00:00:00Z | expires lies in the past: 2020-01-01T00:00:00.000Z",
                "name=x from=10.0.0.1/8 | '10.0.0.1/8' in from is not an address",
                "name=x from=office.example | 'office.example' in from is not an address",
                "name=x refs=main, | '' in refs is not a name or glob",
                "name=x builds-per-hour=0 | builds-per-hour is a number from 1 to 10000",
                "name=x quota=1 | unknown parameter 'quota'"
            })
    void whatIsMalformedIsToldWithWhatWouldDo(String parameters, String detail) throws Exception {
        JsonNode problem = maintainer
                .run("POST /projects/web/deploy-keys " + parameters, "ssh-ed25519 AAAA")
                .problem(400);

        assertTrue(problem.path("detail").asText().contains(detail), problem::toString);
    }

    @Test
    void aBodyThatIsNoKeyIsRefused() throws Exception {
        JsonNode problem = maintainer
                .run("POST /projects/web/deploy-keys name=x", "nonsense")
                .problem(422);

        assertEquals("bad-key", problem.path("type").asText());
    }

    /** A new key of a project, made by somebody. */
    private static Ssh key(Ssh by, String project, String name, String parameters)
            throws IOException, InterruptedException {
        Path key = gateway.key("deploy-" + ++made + "-" + name);
        by.run(
                        "POST /projects/" + project + "/deploy-keys name=" + name + " " + parameters,
                        Files.readString(Path.of(key + ".pub")))
                .ok();
        return gateway.client(key);
    }

    private static JsonNode listed(String name) throws IOException, InterruptedException {
        for (JsonNode key : maintainer.run("GET /projects/web/deploy-keys").ok().items()) {
            if (key.path("name").asText().equals(name)) {
                return key;
            }
        }
        throw new AssertionError("no deploy key " + name);
    }

    private static JsonNode use(String name) throws IOException, InterruptedException {
        return listed(name).path("use");
    }

    private static void grant(String identity, String role, boolean locked) throws IOException, InterruptedException {
        gateway.admin()
                .run(
                        "PUT /identities/" + identity,
                        "{\"locked\":" + locked + ",\"grants\":[{\"role\":\"" + role + "\",\"project\":\"web\"}]}")
                .ok();
    }

    private static void assertQuota(String name, long least, long most, Outcome refused) {
        JsonNode problem = refused.problem(429);
        assertEquals("quota", problem.path("type").asText());
        assertTrue(problem.path("detail").asText().contains(name), problem::toString);
        long seconds = problem.path("retryAfter").asLong();
        assertTrue(seconds >= least && seconds <= most, problem::toString);
    }
}
