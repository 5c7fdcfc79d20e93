package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Builds that were due while no gateway served. */
class MissedSchedulesIT {
    private final GatewayProcess gateway = new GatewayProcess("limits.unauthenticatedPerSource: 100");
    private final Schedules schedules = new Schedules(gateway);

    @BeforeEach
    void start() throws Exception {
        gateway.prepare().start().projects("web");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    /** Each round, the gateway dies a little later after it has begun to make up for what was due. */
    @RepeatedTest(5)
    void neitherARestartNorAKillDoublesABuild(RepetitionInfo repetition) throws Exception {
        gateway.admin().ended(gateway.admin().submit("web", Source.script("true"), "ref=main"));
        schedules
                .put(gateway.admin(), "nightly", "{\"cron\":\"0 0 1 1 *\",\"ref\":\"main\"}")
                .ok();
        gateway.stop();
        Instant due = Instant.now().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MINUTES);
        Past past = new Past(gateway.home());
        past.due(due);

        gateway.start();
        int asked = repetition.getCurrentRepetition() - 1;
        for (int i = 0; i < asked; i++) {
            gateway.admin().run("whoami").ok();
        }
        gateway.kill();
        past.due(due); // as if the last word of the dead gateway had been lost
        gateway.start();
        Await.until("the record", () -> schedules.named("nightly").has("last"));

        gateway.stop();
        gateway.start();
        assertEquals(1, schedules.builds("nightly").size());
        JsonNode build = schedules.builds("nightly").getFirst();
        assertEquals(build.path("id"), schedules.named("nightly").path("last").path("build"));
        assertEquals(
                "succeeded",
                gateway.admin().ended(build.path("id").asLong()).path("state").asText());
    }

    @Test
    void anOwnerWhoIsLockedPausesIt() throws Exception {
        Ssh ann = gateway.user("ann", "maintainer:web");
        ann.ended(ann.submit("web", Source.script("true")));
        schedules.put(ann, "nightly", "{\"cron\":\"30 3 * * *\"}").ok();
        gateway.admin()
                .run(
                        "PUT /identities/ann",
                        "{\"locked\":true,\"grants\":[{\"role\":\"maintainer\",\"project\":\"web\"}]}")
                .ok();
        missed();

        JsonNode paused = Await.found(
                "the pause",
                Await.DEADLINE,
                () -> Optional.of(schedules.named("nightly")).filter(schedule -> schedule.has("paused")));

        assertEquals("ann is locked", paused.path("paused").path("reason").asText());
        assertEquals(0, paused.path("next").size());
        assertEquals(List.of(), schedules.builds("nightly"));

        JsonNode mine = schedules
                .put(gateway.admin(), "nightly", "{\"cron\":\"30 3 * * *\"}")
                .ok()
                .json();
        assertEquals(GatewayProcess.ADMIN, mine.path("owner").asText());
        assertTrue(!mine.has("paused"), mine::toString);
        missed();
        Await.until("its build", () -> schedules.builds("nightly").size() == 1);
        assertEquals(
                GatewayProcess.ADMIN,
                schedules.builds("nightly").getFirst().path("submittedBy").asText());
    }

    @Test
    void anOwnerWhoMayNoLongerSubmitOrIsGonePausesItToo() throws Exception {
        Ssh ann = gateway.user("ann", "maintainer:web");
        ann.ended(ann.submit("web", Source.script("true")));
        schedules.put(ann, "nightly", "{\"cron\":\"30 3 * * *\"}").ok();
        gateway.admin()
                .run("PUT /identities/ann", "{\"grants\":[{\"role\":\"viewer\",\"project\":\"web\"}]}")
                .ok();
        missed();
        Await.until("the pause", () -> schedules.named("nightly").has("paused"));
        assertEquals(
                "ann may not submit builds here any more",
                schedules.named("nightly").path("paused").path("reason").asText());

        gateway.admin()
                .run("PUT /identities/ann", "{\"grants\":[{\"role\":\"maintainer\",\"project\":\"web\"}]}")
                .ok();
        schedules.put(ann, "nightly", "{\"cron\":\"30 3 * * *\"}").ok();
        gateway.admin().run("DELETE /identities/ann").ok();
        gateway.admin()
                .run("PUT /identities/ann", "{\"grants\":[{\"role\":\"maintainer\",\"project\":\"web\"}]}")
                .ok(); // somebody else
        assertEquals(
                "ann is no identity any more",
                schedules.named("nightly").path("paused").path("reason").asText());
        assertEquals(List.of(), schedules.builds("nightly"));
    }

    /** Stops the gateway, and starts it when every schedule has been due for a while. */
    private void missed() throws Exception {
        gateway.stop();
        new Past(gateway.home()).due(Instant.now().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MINUTES));
        gateway.start();
    }
}
