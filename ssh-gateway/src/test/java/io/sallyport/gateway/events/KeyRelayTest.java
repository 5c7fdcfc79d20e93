package io.sallyport.gateway.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventReader;
import io.sallyport.builds.event.EventSettings;
import io.sallyport.builds.event.Start;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import io.sallyport.keys.Identity;
import io.sallyport.keys.KeysDatabase;
import io.sallyport.keys.Outbox;
import io.sallyport.keys.SqliteIdentityStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeyRelayTest {
    @TempDir
    Path folder;

    private Database keys;
    private Database builds;
    private SqliteIdentityStore identities;
    private EventLog events;

    @BeforeEach
    void open() {
        keys = KeysDatabase.open(folder.resolve("keys.sqlite"));
        identities = SqliteIdentityStore.over(keys, Clock.systemUTC());
        builds = Database.open(folder.resolve("db.sqlite"), Schema.MIGRATIONS);
        events = EventLog.open(builds, Clock.systemUTC(), new EventSettings(1000, Duration.ofDays(1)));
    }

    @AfterEach
    void close() {
        events.close();
        builds.close();
        identities.close();
    }

    @Test
    void eachChangeIsAnEventWithoutBeingAskedFor() throws Exception {
        try (KeyRelay relay = KeyRelay.start(new Outbox(keys), events)) {
            var follower = reader(true);
            for (int i = 0; i < 20; i++) {
                put("ann" + i);
                assertInstanceOf(EventReader.Next.Found.class, follower.next());
            }
            relay.move();
            assertTrue(new Outbox(keys).waiting(1).isEmpty());
        }
        assertEquals(names(20), told());
    }

    @Test
    void whatWaitedBeforeTheStartIsToldFirst() throws Exception {
        for (int i = 0; i < 250; i++) {
            put("ann" + i);
        }
        KeyRelay.start(new Outbox(keys), events).close();

        assertEquals(names(250), told());
    }

    /** The crash between the two files: the log has taken them, and the outbox does not know. */
    @Test
    void whatWasTakenBeforeACrashIsNotTakenAgain() throws Exception {
        for (int i = 0; i < 10; i++) {
            put("ann" + i);
        }
        keys.write(connection -> Sql.update(connection, "CREATE TABLE before AS SELECT * FROM outbox"));
        KeyRelay.start(new Outbox(keys), events).close();
        keys.write(connection -> Sql.update(connection, "INSERT INTO outbox SELECT * FROM before"));
        close();
        open();
        put("ann10");
        KeyRelay.start(new Outbox(keys), events).close();

        assertEquals(names(11), told());
        assertTrue(new Outbox(keys).waiting(1).isEmpty());
    }

    private void put(String name) {
        identities.put(new Identity(name, Identity.Kind.PERSON, List.of(), false), "root");
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("identity.created ann" + i + " by root");
        }
        return names;
    }

    private List<String> told() throws InterruptedException {
        List<String> told = new ArrayList<>();
        EventReader reader = reader(false);
        while (reader.next() instanceof EventReader.Next.Found found) {
            var event = found.event();
            told.add(event.topic().type().label() + " "
                    + event.facts().path("identity").asText() + " by "
                    + event.by().orElse(""));
        }
        return told;
    }

    private EventReader reader(boolean follow) {
        return assertInstanceOf(EventLog.Reading.Open.class, events.read(topic -> true, new Start.Oldest(), follow))
                .reader();
    }
}
