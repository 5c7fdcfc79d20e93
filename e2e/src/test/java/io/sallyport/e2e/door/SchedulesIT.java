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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds that nobody submits. */
class SchedulesIT {
    @RegisterExtension
    static final GatewayProcess gateway =
            new GatewayProcess("limits.unauthenticatedPerSource: 100", "schedules.perProject: 2");

    private static final Schedules schedules = new Schedules(gateway);

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @AfterEach
    void removeAll() throws Exception {
        schedules.removeAll();
    }

    @Test
    void aBuildIsMadeWithinTheMinuteItIsDue() throws Exception {
        Source source = Source.script("echo \"made by $CI_PIPELINE_SOURCE at $LEVEL\"");
        long base = gateway.admin().submit("web", source, "ref=main commit=c0ffee");
        Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES);

        JsonNode schedule = schedules
                .put(
                        gateway.admin(),
                        "often",
                        "{\"cron\":\"* * * * *\",\"timezone\":\"Europe/Berlin\",\"ref\":\"main\","
                                + "\"variables\":{\"LEVEL\":\"full\"}}")
                .ok()
                .json();
        try (Running told = gateway.admin().start("GET /events follow=true after=now type=build.queued limit=1")) {
            Await.until("a scheduled build", Duration.ofSeconds(150), () -> !told.alive());
        }
        JsonNode build = schedules.builds("often").getFirst();

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
                () -> Optional.of(schedules.named("often").path("last"))
                        .filter(made -> made.path("build").asLong() == id));
        Instant due = Instant.parse(last.path("due").asText());
        assertEquals(due.truncatedTo(ChronoUnit.MINUTES), due);
        assertTrue(due.isAfter(before), due::toString);
        assertTrue(Instant.parse(build.path("created").asText()).isBefore(due.plusSeconds(30)), build::toString);
        assertTrue(
                gateway.user("olga", "auditor").run("GET /audit").ok().text().contains("\"schedule-due\""),
                "the decision is on record");
    }

    @Test
    void aScheduleIsWrittenListedAndRemoved() throws Exception {
        schedules.put(gateway.admin(), "b", "{\"cron\":\"@daily\"}").ok();
        schedules
                .put(gateway.admin(), "a", "{\"cron\":\"@hourly\",\"enabled\":false}")
                .ok();
        assertEquals(
                "too-many-schedules",
                schedules
                        .put(gateway.admin(), "c", "{\"cron\":\"@daily\"}")
                        .problem(429)
                        .path("type")
                        .asText());
        schedules
                .put(gateway.admin(), "b", "{\"cron\":\"5 4 * * *\",\"from\":\"latest-success\"}")
                .ok();

        JsonNode items = gateway.admin().run("GET " + Schedules.PATH).ok().items();

        assertEquals(
                List.of("a", "b"), Json.each(items, item -> item.path("name").asText()));
        assertEquals(0, items.path(0).path("next").size());
        assertEquals("5 4 * * *", items.path(1).path("cron").asText());
        assertEquals("UTC", items.path(1).path("timezone").asText());
        assertEquals("latest-success", items.path(1).path("from").asText());
        assertEquals(
                "project web has no schedule 'bb', did you mean 'b'?",
                gateway.admin()
                        .run("DELETE " + Schedules.PATH + "/bb")
                        .problem(404)
                        .path("detail")
                        .asText());
        gateway.admin().run("DELETE " + Schedules.PATH + "/b").ok();
        assertEquals(
                1, gateway.admin().run("GET " + Schedules.PATH).ok().items().size());
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
                schedules
                        .put(gateway.admin(), "nightly", body)
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
}
