package io.sallyport.gateway.dashboard.house;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HouseTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final House house = new House(10);

    private static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    private void heard(String type, long build, String more) throws Exception {
        house.heard(
                NOW,
                json("{'type':'" + type + "','build':" + build + ",'project':'web','time':'2026-11-26T12:00:00.000Z'"
                        + more + "}"));
    }

    @Test
    void itIsBoundedWhateverHappens() throws Exception {
        house.read(NOW, List.of(json("{'items':[{'id':1,'project':'web','state':'running'}]}")));
        for (int i = 2; i < 1000; i++) {
            heard("build.queued", i, ",'by':'ann'");
            heard("build.started", i, "");
            for (int job = 0; job < 3; job++) {
                heard("job.started", i, ",'job':'j" + job + "','state':'running'");
            }
            heard("build.ended", i, ",'state':'succeeded'");
        }
        assertEquals(10, house.newest().size());
        assertEquals(1, house.running().size(), "what is over goes first");
        assertEquals(120, house.waits().size());
    }

    @Test
    void whatIsKnownByEventsAloneIsMovedOnByThem() throws Exception {
        house.read(NOW, List.of(json("{'items':[]}")));
        heard("build.queued", 7, ",'by':'ann','ref':'refs/heads/main','commit':'3f2c1ab2d4','state':'queued'");
        assertEquals(1, house.waiting());
        heard("build.started", 7, ",'state':'running'");
        heard("job.started", 7, ",'job':'unit','state':'running','attempt':1");
        assertEquals(List.of("unit"), house.running().getFirst().running());
        assertEquals(1, house.runningJobs());
        heard("job.ended", 7, ",'job':'unit','state':'failed','exitCode':4");
        assertEquals("4", house.running().getFirst().jobs().getFirst().exitCode());
        heard("build.ended", 7, ",'state':'failed','reason':'job unit'");
        BuildRow row = house.recent().getFirst();
        assertEquals("failed job unit main 3f2c1ab2", row.state() + " " + row.reason() + " " + row.source());
        assertTrue(house.running().isEmpty() && house.waiting() == 0);
    }

    @Test
    void aBuildThatIsCanceledRunsUntilItHasEnded() throws Exception {
        house.read(NOW, List.of(json("{'items':[{'id':7,'project':'web','state':'running'}]}")));
        heard("build.canceling", 7, ",'state':'running','reason':'too slow'");
        assertEquals("too slow", house.running().getFirst().reason());
        heard("build.ended", 7, ",'state':'canceled','reason':'too slow'");
        assertEquals("canceled", house.recent().getFirst().state());
    }

    @Test
    void aQueueThatIsLongIsCounted() throws Exception {
        StringBuilder items = new StringBuilder();
        for (int i = 1; i <= 25; i++) {
            items.append(i > 1 ? "," : "").append("{'id':").append(i).append(",'project':'web'}");
        }
        house.read(NOW, List.of(json("{'items':[]}")));
        house.readQueue(json("{'items':[" + items + "]}"));
        assertEquals(10, house.queue().size());
        assertEquals(25, house.waiting());
    }

    @Test
    void theLoadOfEachStepIsTheMostInIt() {
        Load load = new Load(Duration.ofSeconds(5));
        load.set(NOW, 1);
        load.set(NOW.plusSeconds(1), 3);
        load.set(NOW.plusSeconds(2), 2);
        load.set(NOW.plusSeconds(16), 0);
        assertArrayEquals(new int[] {-1, 3, 2, 2, 2}, load.last(NOW.plusSeconds(16), 5));
        assertArrayEquals(new int[] {0, 0}, load.last(NOW.plusSeconds(100_000), 2));
    }
}
