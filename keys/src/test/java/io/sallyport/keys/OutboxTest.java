package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.database.Database;
import io.sallyport.database.DatabaseException;
import io.sallyport.database.Sql;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    @TempDir
    Path folder;

    private final KeyMill mill = new KeyMill(7);
    private Database database;
    private SqliteIdentityStore store;
    private Outbox outbox;

    @BeforeEach
    void open() {
        database = KeysDatabase.open(folder.resolve("keys"));
        store = SqliteIdentityStore.over(database, Clock.systemUTC());
        outbox = new Outbox(database);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void eachChangeWaitsOnceWithWhoMadeItAndNothingElseDoes() throws Exception {
        String line = mill.next();
        store.put(person("ann", Grant.allow(Role.VIEWER, ProjectGlob.EVERY)), "root");
        store.put(person("ann"), "root");
        store.addKey("ann", line, "ben");
        store.addKey("ann", line, "ben");
        store.addKey("nobody", mill.next(), "ben");
        store.addKey("ann", "nonsense", "ben");
        store.deployKeys().put(wanted(), mill.next());
        store.remove("nobody", "root");
        store.removeKey("SHA256:nonsense", "root");
        store.remove("ann", "root");
        store.deployKeys().removeAll("web", "eve");
        store.deployKeys().removeAll("web", "eve");

        assertEquals(
                List.of(
                        "1 identity-created root ann",
                        "2 identity-changed root ann",
                        "3 key-added ben ann",
                        "4 deploy-key-added ann deploy:web:ci",
                        "5 key-removed root ann",
                        "6 identity-removed root ann",
                        "7 deploy-key-removed eve deploy:web:ci"),
                waiting());
        assertEquals(
                "[\"viewer on *\"]",
                outbox.waiting(1).getFirst().change().facts().path("grants").toString());
    }

    @Test
    void authoritiesCertificatesAndRevocationsWaitToo() throws Exception {
        AuthorityStore authorities = new AuthorityStore(database, Clock.systemUTC());
        Revocations revocations = new Revocations(database, store, authorities);
        store.put(person("root", Grant.allow(Role.ADMIN, ProjectGlob.EVERY)), "init");
        store.addKey("root", mill.next(), "init");
        outbox.told(2);
        String fingerprint = assertInstanceOf(
                        AuthorityStore.Added.Stored.class,
                        authorities.add(mill.next(), "ca", Optional.empty(), Optional.empty(), "root"))
                .authority()
                .fingerprint();
        authorities.remove(fingerprint, "root");
        authorities.remove(fingerprint, "root");
        assertInstanceOf(Revocations.Replaced.InForce.class, revocations.replace(Krl.empty(), "root"));

        List<KeyChange.Kind> kinds =
                outbox.waiting(10).stream().map(each -> each.change().kind()).toList();
        assertEquals(
                List.of(
                        KeyChange.Kind.AUTHORITY_ADDED,
                        KeyChange.Kind.AUTHORITY_REMOVED,
                        KeyChange.Kind.REVOCATIONS_CHANGED),
                kinds);
    }

    @Test
    void groupsWaitAndEachPieceOfAPolicyDoes() throws Exception {
        store.put(person("root", Grant.allow(Role.ADMIN, ProjectGlob.EVERY)), "init");
        store.addKey("root", mill.next(), "init");
        store.put(person("ann"), "root");
        store.addKey("ann", mill.next(), "root");
        outbox.told(4);
        Policy before = store.policy();
        store.groups().put(new Group("devs", List.of("ann"), List.of()), "root");
        store.groups().put(new Group("devs", List.of("ann", "root"), List.of()), "root");
        store.groups().remove("nobody", "root");
        assertEquals(List.of("5 group-created root devs 1", "6 group-changed root devs 2"), groups());
        Policy after = store.policy();

        assertEquals(new IdentityStore.Replaced.InForce(), store.replace(after, before, "policy"));
        assertEquals("7 group-removed policy devs 0", groups().getLast());
        outbox.told(7);
        Policy without = new Policy(
                before.identities().stream()
                        .filter(entry -> entry.name().equals("root"))
                        .toList(),
                List.of());
        assertEquals(new IdentityStore.Replaced.InForce(), store.replace(before, without, "policy"));
        assertEquals(new IdentityStore.Replaced.InForce(), store.replace(without, before, "policy"));
        assertEquals(
                List.of(
                        "8 key-removed policy ann",
                        "9 identity-removed policy ann",
                        "10 identity-created policy ann",
                        "11 key-added policy ann"),
                waiting());
    }

    private List<String> groups() {
        return outbox.waiting(100).stream()
                .map(each -> each.number() + " " + each.change().kind().label() + " "
                        + each.change().by() + " "
                        + each.change().facts().path("group").asText() + " "
                        + each.change().facts().path("members").asInt())
                .toList();
    }

    @Test
    void numbersAreNeverGivenAgain() {
        store.put(person("ann"), "root");
        outbox.told(1);
        store.close();
        open();
        store.put(person("ben"), "root");

        assertEquals(List.of("2 identity-created root ben"), waiting());
    }

    @Test
    void whatIsNotOnDiskDoesNotWait() {
        assertThrows(
                DatabaseException.class,
                () -> database.write(connection -> {
                    Outbox.put(connection, KeyChange.identityRemoved("ann", "root"));
                    return Sql.update(connection, "INSERT INTO nowhere VALUES (1)");
                }));

        assertTrue(outbox.waiting(1).isEmpty());
    }

    private List<String> waiting() {
        return outbox.waiting(100).stream()
                .map(each -> each.number() + " " + each.change().kind().label() + " "
                        + each.change().by() + " "
                        + each.change().facts().path("identity").asText())
                .toList();
    }

    private static DeployKey.Wanted wanted() {
        return new DeployKey.Wanted(
                "web",
                "ci",
                "ann",
                new DeployScope(
                        Set.of(DeployVerb.SUBMIT),
                        List.of(),
                        List.of(),
                        Instant.now().plus(Duration.ofDays(1)),
                        DeployQuotas.NONE));
    }

    private static Identity person(String name, Grant... grants) {
        return new Identity(name, Identity.Kind.PERSON, List.of(grants), false);
    }
}
