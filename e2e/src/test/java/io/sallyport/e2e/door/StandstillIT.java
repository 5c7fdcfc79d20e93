package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that takes no new builds, and a project of which none are started. */
class StandstillIT {
    private static final String STANDSTILLS = "GET /events type=gateway.*,project.paused,project.resumed";

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 1");

    private static Ssh admin;

    @BeforeAll
    static void projects() throws Exception {
        gateway.projects("web", "api");
        admin = gateway.admin();
    }

    @AfterEach
    void goOn() throws Exception {
        admin.run("DELETE /drain").ok();
        admin.run("DELETE /projects/web/pause").ok();
    }

    @Test
    void aDrainingGatewayTakesNoBuildsAndSaysWhy() throws Exception {
        Ssh ann = gateway.user("ann", "builder:web");
        long done = ann.submit("web", Source.script("true"));
        admin.ended(done);
        long running = ann.submit("web", Source.script("sleep 1; echo went on"));
        long waiting = ann.submit("web", Source.script("echo ran, too"));

        JsonNode draining =
                admin.run("PUT /drain message='new disks until noon'").ok().json();
        assertEquals(
                "new disks until noon",
                draining.path("draining").path("message").asText());

        JsonNode problem =
                ann.run("submit web", Source.script("true").tar()).exits(69).problem(503);
        assertEquals("draining", problem.path("type").asText());
        assertTrue(
                problem.path("detail").asText().startsWith("new disks until noon (root, since 20"), problem::toString);
        ann.run("retry " + done).problem(503);
        assertEquals(
                "new disks until noon",
                ann.run("GET /").ok().json().path("draining").path("message").asText());
        assertEquals("succeeded", admin.ended(running).path("state").asText());
        assertEquals("succeeded", admin.ended(waiting).path("state").asText());

        gateway.kill().start();
        ann.run("submit web", Source.script("true").tar()).problem(503);

        admin.run("DELETE /drain").ok();
        admin.ended(ann.submit("web", Source.script("true")));
        assertFalse(ann.run("GET /").ok().json().has("draining"));
    }

    @Test
    void ofAPausedProjectNothingIsStarted() throws Exception {
        Ssh max = gateway.user("max", "maintainer:web");
        long running = max.submit("web", Source.script("sleep 1; echo went on"));
        Await.until("it runs", () -> state(running).equals("running"));

        JsonNode project = max.run("PUT /projects/web/pause message='the tests are broken'")
                .ok()
                .json();
        assertEquals("max", project.path("paused").path("by").asText());

        long waiting = max.submit("web", Source.script("echo at last"));
        assertEquals("succeeded", admin.ended(running).path("state").asText());
        JsonNode entry = max.run("queue").ok().items().path(0);
        assertEquals(waiting, entry.path("id").asLong());
        assertEquals(
                "web is paused by max: the tests are broken", entry.path("why").asText());

        long other = admin.submit("api", Source.script("true"));
        assertEquals("succeeded", admin.ended(other).path("state").asText());

        gateway.kill().start();
        assertEquals("queued", state(waiting));
        assertEquals(1, max.run("queue").ok().items().size());

        max.run("DELETE /projects/web/pause").ok();
        assertEquals("succeeded", admin.ended(waiting).path("state").asText());
        assertFalse(max.run("GET /projects/web").ok().json().has("paused"));
    }

    @Test
    void theyAreEventsForAllWhoWait() throws Exception {
        Ssh eve = gateway.user("eve", "viewer:web");
        List<JsonNode> before = Json.lines(eve.run(STANDSTILLS).ok().text());
        admin.run("PUT /drain message=soon").ok();
        admin.run("PUT /projects/web/pause").ok();
        admin.run("DELETE /projects/web/pause").ok();
        admin.run("DELETE /drain").ok();
        assertEquals(
                List.of("gateway.draining", "project.paused", "project.resumed", "gateway.resumed"),
                Json.lines(eve.run(STANDSTILLS).ok().text()).stream()
                        .skip(before.size())
                        .map(event -> event.path("type").asText())
                        .toList());
    }

    private String state(long build) throws Exception {
        return admin.run("show " + build).ok().json().path("state").asText();
    }
}
