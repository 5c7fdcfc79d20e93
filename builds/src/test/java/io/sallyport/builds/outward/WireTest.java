package io.sallyport.builds.outward;

import static io.sallyport.builds.outward.Station.COMMIT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.outward.Receiver.Got;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of receiver gets, as it comes off the wire. */
class WireTest {
    @TempDir
    Path folder;

    private Receiver receiver;
    private Station station;

    @BeforeEach
    void open() throws Exception {
        receiver = new Receiver();
        station = new Station(folder);
        station.open(Station.loopback(true));
    }

    @AfterEach
    void close() {
        station.close();
        receiver.close();
    }

    private String base(String path) {
        return "http://127.0.0.1:" + receiver.port() + path;
    }

    /** Each state in its turn, so that none is passed over. */
    private List<Got> sent(BuildState end) throws Exception {
        Build build = station.queued(COMMIT);
        receiver.await(1);
        station.awaitEmpty();
        station.move(build, BuildState.RUNNING);
        receiver.await(2);
        station.awaitEmpty();
        station.move(build, end);
        return receiver.await(3);
    }

    @Test
    void githubGetsCommitStatuses() throws Exception {
        station.put("ci", Station.settings(ReportKind.GITHUB, base("/api/v3")), "ghp_token");

        Got last = sent(BuildState.SUCCEEDED).getLast();

        assertEquals("POST /api/v3/repos/team/web/statuses/" + COMMIT, last.line());
        assertEquals("Bearer ghp_token", last.header("Authorization"));
        assertEquals("application/vnd.github+json", last.header("Accept"));
        assertEquals("2022-11-28", last.header("X-GitHub-Api-Version"));
        assertEquals("application/json; charset=utf-8", last.header("Content-Type"));
        assertEquals("sallyport", last.header("User-Agent"));
        assertEquals("127.0.0.1:" + receiver.port(), last.header("Host"));
        assertEquals(
                "{\"state\":\"success\",\"context\":\"sallyport/web\",\"description\":\"build 1 succeeded\","
                        + "\"target_url\":\"https://ci.example/web/1?ref=feature%2F%C3%A4\"}",
                last.body());
        assertEquals(List.of("pending", "pending", "success"), receiver.bodies("/state"));
    }

    @Test
    void gitlabGetsPipelineStatuses() throws Exception {
        station.put("ci", Station.settings(ReportKind.GITLAB, base("/gitlab/")), "glpat-token");

        Got last = sent(BuildState.SUCCEEDED).getLast();

        assertEquals("POST /gitlab/api/v4/projects/team%2Fweb/statuses/" + COMMIT, last.line());
        assertEquals("glpat-token", last.header("PRIVATE-TOKEN"));
        assertEquals(
                "{\"state\":\"success\",\"name\":\"sallyport/web\",\"description\":\"build 1 succeeded\","
                        + "\"target_url\":\"https://ci.example/web/1?ref=feature%2F%C3%A4\",\"ref\":\"feature/ä\"}",
                last.body());
        assertEquals(List.of("pending", "running", "success"), receiver.bodies("/state"));
    }

    @Test
    void giteaGetsCommitStatuses() throws Exception {
        station.put("ci", Station.settings(ReportKind.GITEA, base("")), "gitea-token");

        Got last = sent(BuildState.FAILED).getLast();

        assertEquals("POST /api/v1/repos/team/web/statuses/" + COMMIT, last.line());
        assertEquals("token gitea-token", last.header("Authorization"));
        assertEquals("sallyport/web", last.json().path("context").asText());
        assertEquals(List.of("pending", "pending", "failure"), receiver.bodies("/state"));
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB, FAILED, failure", "GITHUB, TIMEDOUT, failure", "GITHUB, CANCELED, error", "GITHUB, ERRORED, error",
        "GITLAB, FAILED, failed", "GITLAB, TIMEDOUT, failed", "GITLAB, CANCELED, canceled", "GITLAB, ERRORED, failed",
        "GITEA, FAILED, failure", "GITEA, TIMEDOUT, failure", "GITEA, CANCELED, error", "GITEA, ERRORED, error",
    })
    void eachEndHasItsWord(ReportKind kind, BuildState end, String word) throws Exception {
        station.put("ci", Station.settings(kind, base("")), "token");

        station.whole(COMMIT, end);
        station.awaitEmpty();

        assertEquals(word, receiver.got().getLast().json().path("state").asText());
    }

    @Test
    void aWebhookGetsSignedDocuments() throws Exception {
        station.put("hook", Station.settings(ReportKind.WEBHOOK, base("/hooks/ci?from=gate")), "0123456789abcdef");

        List<Got> all = sent(BuildState.CANCELED);

        Got last = all.getLast();
        assertEquals("POST /hooks/ci?from=gate", last.line());
        assertEquals("build.ended", last.header("X-Sallyport-Event"));
        long sent = Long.parseLong(last.header("X-Sallyport-Timestamp"));
        assertTrue(Math.abs(Instant.now().getEpochSecond() - sent) < 60, last.header("X-Sallyport-Timestamp"));
        assertEquals(
                "sha256=" + hmac("0123456789abcdef", sent + "." + last.body()), last.header("X-Sallyport-Signature"));
        JsonNode json = last.json();
        assertEquals(last.header("X-Sallyport-Delivery"), json.path("delivery").asText());
        assertEquals("hook", json.path("report").asText());
        assertEquals(
                "https://ci.example/web/1?ref=feature%2F%C3%A4",
                json.path("targetUrl").asText());
        JsonNode build = json.path("build");
        assertEquals(1, build.path("id").asLong());
        assertEquals("web", build.path("project").asText());
        assertEquals("canceled", build.path("state").asText());
        assertEquals("feature/ä", build.path("ref").asText());
        assertEquals(COMMIT, build.path("commit").asText());
        assertEquals("desk", build.path("labels").path("from").asText());
        assertEquals("ann", build.path("submittedBy").asText());
        assertEquals(json.path("time").asText(), build.path("finished").asText());
        assertEquals(
                List.of("build.queued", "build.started", "build.ended"),
                all.stream().map(each -> each.header("X-Sallyport-Event")).toList());
        assertEquals(
                3,
                new ArrayList<>(receiver.bodies("/delivery"))
                        .stream().distinct().count());
        all.forEach(each -> assertFalse(each.body().contains("of-a-variable"), each.body()));
    }

    @Test
    void aTokenMayBeASecretOfTheProject() throws Exception {
        station.secret("FORGE_TOKEN", "first\n");
        ReportPut put = station.reports()
                .put(
                        station.web,
                        "ci",
                        Station.settings(ReportKind.GITEA, base("")),
                        new ReportToken.OfSecret("FORGE_TOKEN"),
                        "ann");
        assertTrue(put instanceof ReportPut.Stored, put::toString);

        station.whole(COMMIT, BuildState.FAILED);
        station.awaitEmpty();
        assertEquals("token first", receiver.got().getLast().header("Authorization"));

        station.secret("FORGE_TOKEN", "second");
        station.whole(COMMIT, BuildState.FAILED);
        station.awaitEmpty();
        assertEquals("token second", receiver.got().getLast().header("Authorization"));
    }

    private static String hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }
}
