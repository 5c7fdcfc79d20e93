package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ways in which a build ends, as a waiting client learns them, and what is left of its processes: nothing. */
class EndingsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 1", "builds.stopGrace: 1s");

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @Test
    void waitEndsWithTheBuildsResult() throws Exception {
        assertEquals(
                0, waited(gateway.admin().submit("web", Source.script("true"))).exit());
        assertEquals(
                1, waited(gateway.admin().submit("web", Source.script("false"))).exit());
    }

    @Test
    void waitAnswersWhenTheBuildEndsAndShowAtOnce() throws Exception {
        Signal signal = gateway.signal();
        long id = gateway.admin().submit("web", Source.script(signal.awaited()));
        try (Running waiting = gateway.admin().start("wait " + id)) {
            assertTrue(List.of("queued", "running").contains(state(id)));
            signal.give();

            assertEquals(
                    "succeeded", waiting.end().exits(0).json().path("state").asText());
        }
    }

    @Test
    void aCanceledBuildLeavesNoProcessHoweverItResists() throws Exception {
        Survivors survivors = new Survivors();
        long id = gateway.admin().submit("web", Source.script(survivors.script()));
        try (Running waiting = gateway.admin().start("wait " + id)) {
            Await.until("all processes of the build", () -> survivors.count() == Survivors.ALL);

            JsonNode underWay = gateway.admin()
                    .run("cancel " + id + " reason='wrong branch'")
                    .ok()
                    .json();

            assertEquals(GatewayProcess.ADMIN, underWay.path("canceledBy").asText());
            JsonNode ended = waiting.end().exits(3).json();
            assertEquals(0, survivors.count());
            assertEquals("canceled", ended.path("state").asText());
            assertEquals("wrong branch", ended.path("reason").asText());
            assertEquals(3, waited(id).exit());
        }
    }

    @Test
    void aBuildThatRunsTooLongLeavesNoProcessEither() throws Exception {
        Survivors survivors = new Survivors();
        Outcome ended = gateway.admin()
                .run(
                        "submit web follow=true",
                        Source.script(survivors.script()).also("timeout: 1s\n").tar())
                .exits(4);

        assertEquals(0, survivors.count());
        assertTrue(ended.errorLines().getLast().contains("\"state\":\"timedout\""), ended::errors);
    }

    @Test
    void aBuildThatEndsByItselfLeavesNoProcessEither() throws Exception {
        Survivors survivors = new Survivors();

        gateway.admin()
                .run(
                        "submit web follow=true",
                        Source.script(survivors.background()).tar())
                .exits(0);

        assertEquals(0, survivors.count());
    }

    @Test
    void aBuildIsCanceledWhileItsArtifactsAreTaken() throws Exception {
        long id = gateway.admin()
                .submit("web", Source.script("truncate -s 1900M big; echo made").also("artifacts: {paths: [big]}\n"));
        try (Running follower = gateway.admin().start("log -f " + id)) {
            follower.out().await("\nmade\n");

            gateway.admin().run("cancel " + id).ok();

            follower.end().exits(3);
        }
        assertEquals("canceled", gateway.admin().ended(id).path("state").asText());
    }

    @Test
    void aQueuedBuildIsCanceledAtOnceAndNeverRuns() throws Exception {
        Signal signal = gateway.signal();
        long first = gateway.admin().submit("web", Source.script(signal.awaited()));
        long second = gateway.admin().submit("web", Source.script("echo ran"));
        try (Running follower = gateway.admin().start("log -f " + second)) {
            JsonNode canceled = gateway.admin().run("cancel " + second).ok().json();

            assertEquals("canceled", canceled.path("state").asText());
            assertTrue(!canceled.has("started"), canceled::toString);
            assertTrue(!follower.end().exits(3).text().contains("ran\n"));
        }
        signal.give();
        gateway.admin().ended(first);
    }

    @Test
    void anEndedBuildCannotBeCanceled() throws Exception {
        long id = gateway.admin().submit("web", Source.script("true"));
        gateway.admin().ended(id);

        JsonNode problem = gateway.admin().run("cancel " + id).problem(409);

        assertTrue(problem.path("detail").asText().contains("succeeded"), problem::toString);
    }

    @Test
    void retryBuildsTheSameSourceAgain() throws Exception {
        long first =
                gateway.admin().submit("web", Source.script("cat data; false").file("data", "kept"), "labels.a=b");
        gateway.admin().ended(first);

        JsonNode again = gateway.admin().run("retry " + first).ok().json();
        JsonNode ended = gateway.admin().ended(again.path("id").asLong());

        assertEquals(first, ended.path("retryOf").asLong());
        assertEquals(gateway.admin().build(first).path("source"), ended.path("source"));
        assertEquals("b", ended.path("labels").path("a").asText());
        assertEquals("failed", ended.path("state").asText());
    }

    @Test
    void theQueueSaysWhoWaitsAndWhy() throws Exception {
        Signal signal = gateway.signal();
        long first = gateway.admin().submit("web", Source.script(signal.awaited()));
        Await.until("the first to run", () -> state(first).equals("running"));
        long second = gateway.admin().submit("web", Source.script("true"));
        long urgent = gateway.admin().submit("web", Source.script("true"), "priority=5");

        JsonNode queue = gateway.admin().run("queue").ok().items();

        assertEquals(
                List.of(urgent, second),
                Json.each(queue, item -> item.path("id").asLong()));
        assertEquals(
                List.of(1, 2), Json.each(queue, item -> item.path("position").asInt()));
        assertTrue(queue.path(0).path("why").asText().contains("place"), queue::toString);
        assertTrue(queue.path(0).path("since").asText().endsWith("Z"), queue::toString);
        signal.give();
        gateway.admin().ended(second);
        assertEquals(0, gateway.admin().run("queue").ok().items().size());
    }

    private static String state(long id) throws Exception {
        return gateway.admin().build(id).path("state").asText();
    }

    private static Outcome waited(long id) throws Exception {
        return gateway.admin().run("wait " + id);
    }
}
