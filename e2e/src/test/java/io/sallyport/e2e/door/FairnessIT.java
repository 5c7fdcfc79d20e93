package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who submits much does not keep others from their turn, nor beyond a limit. */
class FairnessIT {
    private static final int MANY = 1000;
    private static final int AT_A_TIME = 100;
    private static final int LANES = 4;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess(
            "builds.atOnce: 2",
            "builds.queue: 2000",
            "builds.queuePerIdentity: " + MANY,
            "limits.unauthenticatedPerSource: 100");

    @BeforeAll
    static void projects() throws Exception {
        gateway.projects("greedy", "modest", "shy");
    }

    @Test
    void threeProjectsOneOfThemWithAThousandBuildsThatWait() throws Exception {
        Signal signal = gateway.signal();
        Ssh ann = gateway.user("ann", "builder:greedy");
        byte[] source = Source.script(signal.awaited() + "; sleep 0.1").tar();
        Path archive = gateway.work().resolve("source.tar");
        Files.write(archive, source);
        Ssh shared = ann.with(
                "-o",
                "ControlMaster=auto",
                "-o",
                "ControlPath=" + gateway.work().resolve("c-%C"));
        try (Running master = shared.start("submit greedy", source)) {
            master.end().exits(0);
            String submit = String.join(
                            " ",
                            quoted(shared.program("submit greedy").builder().command())) + " < " + archive;
            for (int left = MANY + 1; left > 0; left -= AT_A_TIME) {
                Program.shell("""
                                lanes=
                                for lane in $(seq %1$d); do
                                  (for i in $(seq $lane %1$d %2$d); do %3$s >/dev/null || exit 1; done) &
                                  lanes="$lanes $!"
                                done
                                for lane in $lanes; do wait $lane; done
                                """.formatted(LANES, Math.min(left, AT_A_TIME), submit))
                        .run()
                        .ok();
            }
        }
        // Two run, a thousand wait: one more is one too many.
        JsonNode problem = ann.run("submit greedy", source).problem(429);
        assertEquals("queue-full", problem.path("type").asText());
        assertTrue(problem.path("retryAfter").asInt() > 0, problem::toString);

        Ssh bob = gateway.user("bob", "builder:modest", "builder:shy");
        byte[] small = Source.script("true").tar();
        List<Long> others = List.of(
                bob.run("submit modest", small).ok().json().path("id").asLong(),
                bob.run("submit shy", small).ok().json().path("id").asLong());
        JsonNode queue = bob.run("queue").ok().items();
        assertEquals(others, Json.each(queue, item -> item.path("id").asLong()));
        for (JsonNode item : queue) {
            assertTrue(item.path("position").asInt() <= 3, queue::toString);
            assertTrue(!item.path("why").asText().contains("of build"), "another tenant's builds: " + queue);
        }
        signal.give();
        for (long id : others) {
            JsonNode build = bob.ended(id);
            Instant created = Instant.parse(build.path("created").asText());
            Instant started = Instant.parse(build.path("started").asText());
            int first = 0;
            for (JsonNode other : ann.run("ls project=greedy limit=1000").ok().items()) {
                if (other.has("started")) {
                    Instant its = Instant.parse(other.path("started").asText());
                    first += its.isAfter(created) && its.isBefore(started) ? 1 : 0;
                }
            }
            int cameFirst = first;
            assertTrue(first <= 2, () -> cameFirst + " builds of the greedy project came first");
        }
        gateway.admin().run("DELETE /projects/greedy").ok();
    }

    private static List<String> quoted(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").toList();
    }
}
