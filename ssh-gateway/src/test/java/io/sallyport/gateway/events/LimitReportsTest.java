package io.sallyport.gateway.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventReader;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.event.Start;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LimitReportsTest {
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    private Database database;
    private EventLog events;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        events = EventLog.open(database, Clock.systemUTC(), new EventSettings(100_000, Duration.ofDays(1)));
    }

    @AfterEach
    void close() {
        events.close();
        database.close();
    }

    @Test
    void aFloodIsTwoEventsForEachThatIsInIt() throws Exception {
        LimitReports reports = LimitReports.start(events, Clock.systemUTC(), LONG, 10);
        EventReader follower = reader(true);
        reports.hit("queue-full", Optional.of("ann"), "192.0.2.7");
        assertInstanceOf(EventReader.Next.Found.class, follower.next()); // at once
        for (int i = 1; i < 10_000; i++) {
            reports.hit("queue-full", Optional.of("ann"), "192.0.2." + i % 200);
            reports.hit("limits.penaltyLeast", Optional.empty(), "198.51.100.1");
        }
        reports.hit("limits.penaltyLeast", Optional.empty(), "198.51.100.2");
        reports.close();

        assertEquals(
                List.of(
                        "queue-full ann 1",
                        "limits.penaltyLeast 198.51.100.1 1",
                        "limits.penaltyLeast 198.51.100.2 1",
                        "queue-full ann 10000",
                        "limits.penaltyLeast 198.51.100.1 9999"),
                told());
    }

    @Test
    void theWindowEndsByItselfAndTheNextHitIsToldAtOnce() throws Exception {
        try (LimitReports reports = LimitReports.start(events, Clock.systemUTC(), Duration.ofMillis(200), 10)) {
            EventReader follower = reader(true);
            for (int i = 0; i < 3; i++) {
                reports.hit("too-large", Optional.of("ann"), "192.0.2.7");
                reports.hit("too-large", Optional.of("ann"), "192.0.2.7");
                assertInstanceOf(EventReader.Next.Found.class, follower.next());
                assertInstanceOf(EventReader.Next.Found.class, follower.next());
            }
        }
        List<String> told = told();
        assertEquals(6, told.size(), told::toString);
        assertTrue(told.stream().skip(1).anyMatch(each -> each.endsWith(" 2")), told::toString);
    }

    @Test
    void beyondTheWindowsAllAreCountedTogether() throws Exception {
        LimitReports reports = LimitReports.start(events, Clock.systemUTC(), LONG, 3);
        for (int i = 0; i < 1000; i++) {
            reports.hit("limits.penaltyLeast", Optional.empty(), "source" + i);
        }
        reports.close();

        List<String> told = told();
        assertEquals(5, told.size(), told::toString);
        assertEquals("limits.penaltyLeast  997", told.getLast());
    }

    private List<String> told() throws InterruptedException {
        List<String> told = new ArrayList<>();
        EventReader reader = reader(false);
        while (reader.next() instanceof EventReader.Next.Found found) {
            JsonNode facts = found.event().facts();
            told.add(facts.path("limit").asText() + " "
                    + facts.path("identity").asText() + facts.path("source").asText() + " "
                    + facts.path("count").asLong());
        }
        return told;
    }

    private EventReader reader(boolean follow) {
        return assertInstanceOf(EventLog.Reading.Open.class, events.read(topic -> true, new Start.Oldest(), follow))
                .reader();
    }
}
