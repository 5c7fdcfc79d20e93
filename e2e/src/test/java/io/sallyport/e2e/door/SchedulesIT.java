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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds that nobody submits. */
class SchedulesIT {
    private static final String PATH = "/projects/web/schedules";

    private final GatewayProcess gateway =
            new GatewayProcess("limits.unauthenticatedPerSource: 100", "schedules.perProject: 2");

    @BeforeEach
    void start() throws Exception {
        gateway.prepare().start().projects("web");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void aBuildIsMadeWithinTheMinuteItIsDue() throws Exception {
        Source source = Source.script("echo \"made by $CI_PIPELINE_SOURCE at $LEVEL\"");
        long base = gateway.admin().submit("web", source, "ref=main commit=c0ffee");
        Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES);

        JsonNode schedule = put(
                        gateway.admin(),
                        "often",
                        "{\"cron\":\"* * * * *\",\"timezone\":\"Europe/Berlin\",\"ref\":\"main\","
                                + "\"variables\":{\"LEVEL\":\"full\"}}")
                .ok()
                .json();
        JsonNode build = Await.found(
                "a scheduled build",
                Duration.ofSeconds(150),
                () -> scheduled("often").stream().findFirst());

        assertEquals(5, schedule.path("next").size());
        assertEquals("latest", schedule.path("from").asText());
        assertEquals(GatewayProcess.ADMIN, schedule.path("owner").asText());
        long id = build.path("id").asLong();
        assertEquals("succeeded", gateway.admin().ended(id).path("state").asText());
        assertEquals(
                "made by schedule at full\n",
                gateway.admin().run("log " + id + " stream=out").text());
        assertEquals(GatewayProcess.ADMIN, build.path("submittedBy").asText());
        assertEquals("main", build.path("ref").asText());
        assertEquals("c0ffee", build.path("commit").asText());
        assertEquals(gateway.admin().build(base).path("source"), build.path("source"));
        JsonNode last = Await.found(
                "its record",
                Await.DEADLINE,
                () -> Optional.of(schedule("often").path("last"))
                        .filter(made -> made.path("build").asLong() == id));
        Instant due = Instant.parse(last.path("due").asText());
        assertEquals(due.truncatedTo(ChronoUnit.MINUTES), due);
        assertTrue(due.isAfter(before), due::toString);
        assertTrue(Instant.parse(build.path("created").asText()).isBefore(due.plusSeconds(30)), build::toString);
        assertTrue(
                gateway.user("olga", "auditor").run("GET /audit").ok().text().contains("\"schedule-due\""),
                "the decision is on record");
    }

    /** Each round, the gateway dies a little later after it has begun to make up for what was due. */
    @RepeatedTest(5)
    void neitherARestartNorAKillDoublesABuild(RepetitionInfo repetition) throws Exception {
        gateway.admin().ended(gateway.admin().submit("web", Source.script("true"), "ref=main"));
        put(gateway.admin(), "nightly", "{\"cron\":\"0 0 1 1 *\",\"ref\":\"main\"}")
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
        Await.until("the record", () -> schedule("nightly").has("last"));

        gateway.stop();
        gateway.start();
        assertEquals(1, scheduled("nightly").size());
        JsonNode build = scheduled("nightly").getFirst();
        assertEquals(build.path("id"), schedule("nightly").path("last").path("build"));
        assertEquals(
                "succeeded",
                gateway.admin().ended(build.path("id").asLong()).path("state").asText());
    }

    @Test
    void anOwnerWhoIsLockedPausesIt() throws Exception {
        Ssh ann = gateway.user("ann", "maintainer:web");
        ann.ended(ann.submit("web", Source.script("true")));
        put(ann, "nightly", "{\"cron\":\"30 3 * * *\"}").ok();
        gateway.admin()
                .run(
                        "PUT /identities/ann",
                        "{\"locked\":true,\"grants\":[{\"role\":\"maintainer\",\"project\":\"web\"}]}")
                .ok();
        missed();

        JsonNode paused = Await.found(
                "the pause",
                Await.DEADLINE,
                () -> Optional.of(schedule("nightly")).filter(schedule -> schedule.has("paused")));

        assertEquals("ann is locked", paused.path("paused").path("reason").asText());
        assertEquals(0, paused.path("next").size());
        assertEquals(List.of(), scheduled("nightly"));

        JsonNode mine = put(gateway.admin(), "nightly", "{\"cron\":\"30 3 * * *\"}")
                .ok()
                .json();
        assertEquals(GatewayProcess.ADMIN, mine.path("owner").asText());
        assertTrue(!mine.has("paused"), mine::toString);
        missed();
        Await.until("its build", () -> scheduled("nightly").size() == 1);
        assertEquals(
                GatewayProcess.ADMIN,
                scheduled("nightly").getFirst().path("submittedBy").asText());
    }

    @Test
    void anOwnerWhoMayNoLongerSubmitOrIsGonePausesItToo() throws Exception {
        Ssh ann = gateway.user("ann", "maintainer:web");
        ann.ended(ann.submit("web", Source.script("true")));
        put(ann, "nightly", "{\"cron\":\"30 3 * * *\"}").ok();
        gateway.admin()
                .run("PUT /identities/ann", "{\"grants\":[{\"role\":\"viewer\",\"project\":\"web\"}]}")
                .ok();
        missed();
        Await.until("the pause", () -> schedule("nightly").has("paused"));
        assertEquals(
                "ann may not submit builds here any more",
                schedule("nightly").path("paused").path("reason").asText());

        gateway.admin()
                .run("PUT /identities/ann", "{\"grants\":[{\"role\":\"maintainer\",\"project\":\"web\"}]}")
                .ok();
        put(ann, "nightly", "{\"cron\":\"30 3 * * *\"}").ok();
        gateway.admin().run("DELETE /identities/ann").ok();
        gateway.admin()
                .run("PUT /identities/ann", "{\"grants\":[{\"role\":\"maintainer\",\"project\":\"web\"}]}")
                .ok(); // somebody else
        assertEquals(
                "ann is no identity any more",
                schedule("nightly").path("paused").path("reason").asText());
        assertEquals(List.of(), scheduled("nightly"));
    }

    @Test
    void aScheduleIsWrittenListedAndRemoved() throws Exception {
        put(gateway.admin(), "b", "{\"cron\":\"@daily\"}").ok();
        put(gateway.admin(), "a", "{\"cron\":\"@hourly\",\"enabled\":false}").ok();
        assertEquals(
                "too-many-schedules",
                put(gateway.admin(), "c", "{\"cron\":\"@daily\"}")
                        .problem(429)
                        .path("type")
                        .asText());
        put(gateway.admin(), "b", "{\"cron\":\"5 4 * * *\",\"from\":\"latest-success\"}")
                .ok();

        JsonNode items = gateway.admin().run("GET " + PATH).ok().items();

        assertEquals(
                List.of("a", "b"), Json.each(items, item -> item.path("name").asText()));
        assertEquals(0, items.path(0).path("next").size());
        assertEquals("5 4 * * *", items.path(1).path("cron").asText());
        assertEquals("UTC", items.path(1).path("timezone").asText());
        assertEquals("latest-success", items.path(1).path("from").asText());
        assertEquals(
                "project web has no schedule 'bb', did you mean 'b'?",
                gateway.admin()
                        .run("DELETE " + PATH + "/bb")
                        .problem(404)
                        .path("detail")
                        .asText());
        gateway.admin().run("DELETE " + PATH + "/b").ok();
        assertEquals(1, gateway.admin().run("GET " + PATH).ok().items().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"cron":"0 25 * * *"}                             | 'cron' or 'timezone' cannot be used: hour: '25' is not from 0 to 23
            {"cron":"0 0 30 2 *"}                             | 'cron' or 'timezone' cannot be used: day of month: it would never be due: no month of '2' has a day '30'
            {"cron":"@daily","timezone":"Europe/Berln"}       | 'cron' or 'timezone' cannot be used: unknown time zone 'Europe/Berln', did you mean 'Europe/Berlin'?
            {"cron":"@daily","branch":"main"}                 | unknown field 'branch'; there are cron, timezone, ref, variables, spec, from, enabled
            {"cron":"@daily","form":"latest"}                 | unknown field 'form', did you mean 'from'?
            {"cron":"@daily","from":"latest-sucess"}          | 'from' is one of latest, latest-success, not 'latest-sucess', did you mean 'latest-success'?
            {"cron":"@daily","variables":{"1A":"x"}}          | '1A' in 'variables' cannot be the name of a variable
            {"cron":"@daily","variables":{"SALLYPORT_X":"x"}} | 'SALLYPORT_X' in 'variables' cannot be the name of a variable
            {"cron":"@daily","variables":{"A":1}}             | 'A' in 'variables' must be a text of at most 4096 characters
            {"cron":"@daily","ref":""}                        | 'ref' must be a text of 1 to 256 characters
            {"cron":"@daily","enabled":"yes"}                 | 'enabled' must be true or false
            """)
    void whatIsWrongWithItIsNamed(String body, String detail) throws Exception {
        assertEquals(
                detail,
                put(gateway.admin(), "nightly", body)
                        .problem(422)
                        .path("detail")
                        .asText());
    }

    @Test
    void keysOfSchedulesAreForSchedules() throws Exception {
        JsonNode problem = gateway.admin()
                .run(
                        "submit web idempotency-key=schedule:nightly:2026",
                        Source.script("true").tar())
                .problem(400);

        assertEquals(
                "keys that begin with 'schedule:' are for schedules",
                problem.path("detail").asText());
    }

    /** Stops the gateway, and starts it when every schedule has been due for a while. */
    private void missed() throws Exception {
        gateway.stop();
        new Past(gateway.home()).due(Instant.now().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MINUTES));
        gateway.start();
    }

    private static Outcome put(Ssh who, String name, String body) throws Exception {
        return who.run("PUT " + PATH + "/" + name, body);
    }

    private JsonNode schedule(String name) throws Exception {
        for (JsonNode schedule : gateway.admin().run("GET " + PATH).ok().items()) {
            if (schedule.path("name").asText().equals(name)) {
                return schedule;
            }
        }
        throw new AssertionError("no schedule " + name);
    }

    private List<JsonNode> scheduled(String name) throws Exception {
        return Json.each(gateway.admin().run("ls label.schedule=" + name).ok().items(), build -> build);
    }
}
