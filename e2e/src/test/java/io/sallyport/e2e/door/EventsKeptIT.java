package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events are kept up to a number; who comes back too late is told so, and nobody for the noise of another. */
class EventsKeptIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("events.perProject: 10");

    @Test
    void whoComesBackTooLateIsToldAndNobodyElse() throws Exception {
        gateway.projects("noisy", "quiet");
        Ssh noisy = gateway.user("ann", "viewer:noisy");
        Ssh quiet = gateway.user("ben", "viewer:quiet");
        String early = Events.of(noisy, "").cursor();
        Events kept = Events.of(quiet, "");
        for (int i = 1; i <= 30; i++) {
            gateway.admin()
                    .run("PUT /projects/noisy", "{\"description\":\"" + i + "\"}")
                    .ok();
        }

        Await.until("the removal", () -> Events.of(noisy, "").lines().size() == 10);
        JsonNode gone = noisy.run("GET /events after=" + early).problem(410);
        assertEquals("events-removed", gone.path("type").asText());
        noisy.run("GET /events after=1 follow=true").problem(410);
        assertEquals(21, gone.path("after").asLong());
        try (Lines lines = Lines.open(noisy)) {
            lines.get("early", "/events", "\"after\":\"1\"");
            assertEquals(410, lines.answer("early").at("/problem/status").asInt());
        }
        Events rest = Events.of(noisy, "after=" + gone.path("after").asLong()).numberedFrom(22);
        assertEquals(rest, Events.of(noisy, ""));
        assertEquals(
                "there is no such event yet; the last one that you may see is 31",
                noisy.run("GET /events after=32").problem(400).path("detail").asText());

        assertEquals(kept, Events.of(quiet, "after=0"));
        assertEquals(List.of(), Events.of(quiet, "after=" + kept.cursor()).lines());

        gateway.stop();
        gateway.start();
        assertEquals(rest, Events.of(noisy, ""));
        assertTrue(noisy.run("GET /events after=" + early).problem(410).has("after"));
    }
}
