package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.e2e.door.Forge.Got;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves the house: states of builds, to those whom the operator allows and a maintainer names. */
class ReportsIT {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String TOKEN = "token-that-nobody-sees-again";
    private static final Path PAGE = GatewayProcess.repository().resolve("docs/reports.md");

    private Forge forge;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        forge = new Forge();
        gateway = new GatewayProcess(
                        "reports.allow: localhost:*",
                        "reports.allowAddresses: 127.0.0.1 ::1",
                        "reports.caFile: " + forge.authority(),
                        "reports.firstRetry: 100ms",
                        "reports.longestRetry: 200ms",
                        "reports.tries: 5")
                .prepare()
                .start()
                .projects("web");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
        forge.close();
    }

    private JsonNode put(String name, String fields) throws Exception {
        return gateway.admin()
                .run("PUT /projects/web/reports/" + name, "{" + fields.replace('\'', '"') + "}")
                .ok()
                .json();
    }

    private JsonNode report(String name) throws Exception {
        return gateway.admin().run("GET /projects/web/reports/" + name).ok().json();
    }

    private String gitea() {
        return "'kind':'gitea','url':'" + forge.url() + "/git','repository':'team/web'";
    }

    @Test
    void theStateOfABuildIsOnItsCommit() throws Exception {
        gateway.admin().run("PUT /projects/web/secrets/FORGE_TOKEN", TOKEN).ok();
        JsonNode made =
                put("forge", gitea() + ",'secret':'FORGE_TOKEN','targetUrl':'https://ci.example/{project}/{build}'");

        long build = gateway.admin().submit("web", Source.script("true"), "commit=" + COMMIT);
        Await.until("the last state", () -> forge.each("/state").contains("success"));

        assertEquals("sallyport/web", made.path("context").asText());
        assertEquals("FORGE_TOKEN", made.path("secret").asText());
        assertEquals(7, made.path("states").size());
        Got last = forge.got().getLast();
        assertEquals("POST /git/api/v1/repos/team/web/statuses/" + COMMIT, last.line());
        assertEquals("token " + TOKEN, last.headers().get("authorization"));
        assertEquals(
                "{\"state\":\"success\",\"context\":\"sallyport/web\",\"description\":\"build " + build
                        + " succeeded\",\"target_url\":\"https://ci.example/web/" + build + "\"}",
                last.body());
        Await.until("its record", () -> report("forge").path("waiting").asInt() == 0);
        assertEquals(build, report("forge").path("sent").path("build").asLong());
    }

    @Test
    void aWebhookIsCheckedAsThePageSays() throws Exception {
        put("hook", "'kind':'webhook','url':'" + forge.url() + "/hook','token':'" + TOKEN + "'");
        gateway.admin().ended(gateway.admin().submit("web", Source.script("true"), "commit=c0ffee"));
        Got last = forge.await(3).getLast();
        assertEquals(List.of("build.queued", "build.started", "build.ended"), forge.each("/event"));
        assertEquals("c0ffee", last.json().path("build").path("commit").asText());

        Path body = Files.writeString(gateway.work().resolve("body"), last.body());
        for (String language : List.of("python", "sh")) {
            assertEquals(0, check(language, body, last), language);
            Path other = Files.writeString(
                    gateway.work().resolve("other"), last.body().replace("queued", "running") + " ");
            assertTrue(check(language, other, last) != 0, language + " takes a body that has been changed");
        }
    }

    /** Runs the page's own program for checking. */
    private int check(String language, Path body, Got got) throws Exception {
        Matcher program = Pattern.compile("```" + language + "\n# check\\.\\w+\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertTrue(program.find(), "the page has a program in " + language);
        Path file = Files.writeString(gateway.work().resolve("check." + language), program.group(1));
        ProcessBuilder checking = Program.of(
                        language.equals("python") ? "python3" : "sh", file.toString(), body.toString())
                .builder();
        checking.environment().put("SECRET", TOKEN);
        checking.environment().put("TIMESTAMP", got.headers().get("x-sallyport-timestamp"));
        checking.environment().put("SIGNATURE", got.headers().get("x-sallyport-signature"));
        return checking.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void killedBetweenAChangeAndItsReportTheNextGatewayReports() throws Exception {
        put("hook", "'kind':'webhook','url':'" + forge.url() + "/hook','token':'" + TOKEN + "'");
        forge.answer(503);
        Signal signal = gateway.signal();
        long build = gateway.admin().submit("web", Source.script(signal.awaited()), "commit=" + COMMIT);
        Await.until(
                "it to run",
                () -> gateway.admin().build(build).path("state").asText().equals("running"));
        forge.await(1);
        gateway.kill();
        int before = forge.got().size();
        forge.answer(200);

        gateway.start();
        signal.give();
        gateway.admin().ended(build);
        Await.until("all of it", () -> report("hook").path("waiting").asInt() == 0);

        List<Got> after = forge.got().subList(before, forge.got().size());
        assertEquals(
                List.of("build.queued", "build.started", "build.ended"),
                after.stream().map(got -> got.json().path("event").asText()).toList());
        assertEquals(
                forge.got().getFirst().json().path("delivery"),
                after.getFirst().json().path("delivery"));
        assertEquals(3, forge.each("/delivery").stream().distinct().count());
    }

    @Test
    void whatIsGivenUpIsAnEventForMaintainersAlone() throws Exception {
        forge.answer(401);
        put("forge", gitea() + ",'token':'" + TOKEN + "'");
        Ssh viewer = gateway.user("vic", "viewer:web");

        long build = gateway.admin().submit("web", Source.script("true"), "commit=" + COMMIT);
        Await.until("the end", () -> report("forge").has("failed"));

        JsonNode event = Await.found(
                "the event",
                Await.DEADLINE,
                () -> Events.of(gateway.admin(), "type=report.failed").records().stream()
                        .findFirst());
        assertEquals("forge", event.path("report").asText());
        assertEquals(build, event.path("build").asLong());
        assertEquals(
                "answered 401: the token is not accepted; given up after 1 try",
                event.path("reason").asText());
        assertEquals(List.of(), Events.of(viewer, "type=report.*").lines());
        assertTrue(gateway.admin()
                .run("events format=text type=report.failed")
                .ok()
                .text()
                .contains("report=forge"));
    }

    @Test
    void withoutACommitNothingIsSentAndItIsSaid() throws Exception {
        put("forge", gitea() + ",'token':'" + TOKEN + "'");

        long build = gateway.admin().submit("web", Source.script("true"));
        gateway.admin().ended(build);

        JsonNode skipped = report("forge").path("skipped");
        assertEquals(build, skipped.path("build").asLong());
        assertEquals(
                "the build has no commit: submit with commit=",
                skipped.path("reason").asText());
        assertEquals(List.of(), forge.got());
    }

    @Test
    void onlyWhereTheOperatorAllows() throws Exception {
        String elsewhere = "{\"kind\":\"github\",\"repository\":\"team/web\",\"token\":\"" + TOKEN + "\"}";
        JsonNode refused = gateway.admin()
                .run("PUT /projects/web/reports/elsewhere", elsewhere)
                .problem(403);
        assertEquals(
                "the host api.github.com is not allowed (reports.allow)",
                refused.path("detail").asText());
        gateway.admin()
                .run(
                        "PUT /projects/web/reports/plain",
                        elsewhere.replace("github\"", "gitea\",\"url\":\"http://localhost:1\""))
                .problem(403);
        put("forge", gitea() + ",'token':'" + TOKEN + "'");
        gateway.stop();
        Files.writeString(
                gateway.home().resolve("sallyport.yml"),
                Files.readString(gateway.home().resolve("sallyport.yml"))
                        .replace("reports.allow: localhost:*", "reports.allow: other.example"),
                StandardOpenOption.TRUNCATE_EXISTING);
        gateway.start();

        gateway.admin().submit("web", Source.script("true"), "commit=" + COMMIT);

        Await.until("the end", () -> report("forge").has("failed"));
        assertTrue(report("forge").path("forbidden").asText().contains("is not allowed (reports.allow)"));
        assertEquals(List.of(), forge.got());
    }

    @Test
    void aTokenIsSeenNowhereAndGoesWithItsProject() throws Exception {
        forge.answer(500);
        put("forge", gitea() + ",'token':'" + TOKEN + "'");
        long build = gateway.admin().submit("web", Source.script("env"), "commit=" + COMMIT);
        gateway.admin().ended(build);
        Await.until("the end", () -> report("forge").has("failed"));

        for (String request :
                List.of("GET /projects/web/reports", "GET /projects/web/secrets", "events", "log " + build)) {
            assertFalse(gateway.admin().run(request).ok().text().contains(TOKEN), request);
        }
        String audit = gateway.user("olga", "auditor").run("GET /audit").ok().text();
        assertTrue(audit.contains("/projects/web/reports/forge"), audit);
        assertFalse(audit.contains(TOKEN));
        gateway.admin().run("DELETE /projects/web").ok();
        int before = forge.got().size();
        gateway.stop();
        gateway.start();
        assertFalse(gateway.log().contains(TOKEN));
        assertEquals(before, forge.got().size());
        try (Stream<Path> files = Files.walk(gateway.home())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(TOKEN),
                        file::toString);
            }
        }
    }

    @Test
    void whatCannotBeAReportIsSaid() throws Exception {
        assertRefused(
                "{\"kind\":\"gitee\"}",
                "'kind' is one of github, gitlab, gitea, webhook, not 'gitee', did you mean 'gitea'?");
        assertRefused("{\"kind\":\"gitea\"}", "'url' is missing: where the gitea server is");
        assertRefused("{\"kind\":\"webhook\"}", "'url' is missing: where the webhook is");
        assertRefused("{}", "'kind' is missing: one of github, gitlab, gitea, webhook");
        assertRefused(
                "{\"kind\":\"gitea\",\"url\":\"https://me:pw@localhost\",\"repository\":\"a/b\"}",
                "'url' must be an address of the web, such as https://git.example, without a user in it");
        assertRefused(
                "{\"kind\":\"gitea\",\"url\":\"" + forge.url() + "\",\"repository\":\"../b\"}",
                "'repository' must be one, such as team/web");
        assertRefused(
                "{\"kind\":\"webhook\",\"url\":\"" + forge.url() + "\"}",
                "give 'token', or with 'secret' the name of a secret of the project that has it");
        assertRefused(
                "{\"kind\":\"webhook\",\"url\":\"" + forge.url() + "\",\"secret\":\"NONE\"}",
                "the project has no secret 'NONE'");
        assertRefused(
                "{\"kind\":\"webhook\",\"url\":\"" + forge.url() + "\",\"token\":\"two words\"}",
                "'token' must be 1 to 1000 printable characters without blanks");
        gateway.admin().run("GET /projects/web/reports/none").problem(404);
        gateway.admin().run("DELETE /projects/web/reports/none").problem(404);
    }

    private void assertRefused(String body, String detail) throws Exception {
        assertEquals(
                detail,
                gateway.admin()
                        .run("PUT /projects/web/reports/forge", body)
                        .problem(422)
                        .path("detail")
                        .asText());
    }
}
