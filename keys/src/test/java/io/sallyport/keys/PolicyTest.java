package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.database.Database;
import io.sallyport.database.DatabaseException;
import io.sallyport.keys.IdentityStore.Replaced;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One policy in the place of another. */
class PolicyTest {
    private static final Grant ADMIN = Grant.allow(Role.ADMIN, ProjectGlob.EVERY);
    private static final Grant VIEWER = Grant.allow(Role.VIEWER, new ProjectGlob("web"));
    private static final Grant BUILDER = Grant.allow(Role.BUILDER, new ProjectGlob("team/*"));

    @TempDir
    Path folder;

    private final KeyMill mill = new KeyMill(11);
    private final List<String> removed = new CopyOnWriteArrayList<>();
    private SqliteIdentityStore store;

    @BeforeEach
    void open() {
        store = SqliteIdentityStore.open(folder.resolve("keys.sqlite"));
        store.onRemoved(removed::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatMeansTheSameIsEqual() {
        PolicyKey a = key("a");
        PolicyKey b = key("b");
        Group devs = new Group("devs", List.of("ann"), List.of(VIEWER, BUILDER, VIEWER));
        Group ops = new Group("ops", List.of(), List.of());

        Policy one = new Policy(
                List.of(entry("ann", List.of(a, b), VIEWER, ADMIN), entry("bob", List.of())), List.of(devs, ops));
        Policy other = new Policy(
                List.of(entry("bob", List.of()), entry("ann", List.of(b, a), ADMIN, VIEWER, ADMIN)),
                List.of(ops, new Group("devs", List.of("ann"), List.of(BUILDER, VIEWER))));

        assertEquals(one, other);
        assertTrue(one.changesTo(other).none());
    }

    @Test
    void whatContradictsItselfIsNoPolicy() {
        PolicyKey key = key("a");
        for (List<Policy.Entry> entries : List.of(
                List.of(entry("ann", List.of()), entry("ann", List.of())),
                List.of(entry("ann", List.of(key, key))),
                List.of(entry("ann", List.of(key)), entry("bob", List.of(key))))) {
            assertThrows(IllegalArgumentException.class, () -> new Policy(entries, List.of()));
        }
        Group strangers = new Group("devs", List.of("carl"), List.of());
        assertThrows(IllegalArgumentException.class, () -> new Policy(List.of(), List.of(strangers)));
        assertThrows(IllegalArgumentException.class, () -> new Policy(List.of(), List.of(strangers, strangers)));
    }

    @Test
    void onePolicyIsPutInThePlaceOfAnother() {
        PolicyKey stays = key("stays");
        PolicyKey goes = key("goes");
        PolicyKey moves = key("moves");
        PolicyKey comes = key("comes");
        begin(new Policy(
                List.of(
                        entry("ann", List.of(stays, goes), ADMIN),
                        entry("bob", List.of(moves), VIEWER),
                        entry("old", List.of())),
                List.of(
                        new Group("devs", List.of("ann", "old"), List.of(VIEWER)),
                        new Group("gone", List.of("old"), List.of(BUILDER)))));
        Instant added = store.key(stays.fingerprint()).orElseThrow().added();
        PolicyKey renamed = new PolicyKey(stays.fingerprint(), stays.line().replace("stays", "another name"));
        Policy wanted = new Policy(
                List.of(
                        entry("ann", List.of(renamed, moves), ADMIN),
                        entry("bob", List.of(comes), BUILDER),
                        entry("new", List.of())),
                List.of(new Group("devs", List.of("bob"), List.of(BUILDER))));

        assertEquals(new Replaced.InForce(), store.replace(store.policy(), wanted, "root"));

        assertEquals(Set.of(goes.fingerprint(), moves.fingerprint()), new HashSet<>(removed));
        for (int life = 0; life < 2; life++) {
            assertEquals(wanted, store.policy());
            assertEquals(
                    "another name", store.key(stays.fingerprint()).orElseThrow().comment());
            assertEquals(added, store.key(stays.fingerprint()).orElseThrow().added());
            assertEquals("ann", store.key(moves.fingerprint()).orElseThrow().identity());
            assertEquals(Optional.empty(), store.identity("old"));
            assertEquals(Optional.empty(), store.key(goes.fingerprint()));
            assertEquals(List.of(), store.groups().of("ann"));
            store.close();
            open();
        }
    }

    @Test
    void lockingAndRemovingShutsTheDeployKeysOutToo() {
        PolicyKey root = key("root");
        PolicyKey ann = key("ann");
        begin(new Policy(
                List.of(
                        entry("root", List.of(root), ADMIN),
                        entry("ann", List.of(ann), BUILDER),
                        entry("bob", List.of(), BUILDER)),
                List.of()));
        String ofAnn = deployKey("ann");
        String ofBob = deployKey("bob");
        Identity locked = new Identity("ann", Identity.Kind.PERSON, List.of(BUILDER), true);

        store.replace(
                store.policy(),
                new Policy(
                        List.of(entry("root", List.of(root), ADMIN), new Policy.Entry(locked, List.of(ann))),
                        List.of()),
                "root");

        assertEquals(Set.of(ann.fingerprint(), ofAnn, ofBob), new HashSet<>(removed));
        assertInstanceOf(Standing.Unknown.class, store.standing(ofBob, "192.0.2.1"));
        Standing.Known shut = assertInstanceOf(Standing.Known.class, store.standing(ofAnn, "192.0.2.1"));
        assertTrue(shut.principal().identity().locked());
    }

    @Test
    void noPolicyLeavesNoAdministrator() {
        PolicyKey key = key("a");
        Policy before = new Policy(List.of(entry("ann", List.of(key), ADMIN)), List.of());
        begin(before);
        Identity withDevice = new Identity("ann", Identity.Kind.PERSON, List.of(ADMIN), false, true);
        Identity locked = new Identity("ann", Identity.Kind.PERSON, List.of(ADMIN), true);
        Group never = new Group("never", List.of("ann"), List.of(Grant.deny(Role.ADMIN, ProjectGlob.EVERY)));
        for (Policy wanted : List.of(
                new Policy(List.of(), List.of()),
                new Policy(List.of(entry("ann", List.of(), ADMIN)), List.of()),
                new Policy(List.of(entry("ann", List.of(key), VIEWER)), List.of()),
                new Policy(List.of(new Policy.Entry(withDevice, List.of(key))), List.of()),
                new Policy(List.of(new Policy.Entry(locked, List.of(key))), List.of()),
                new Policy(List.of(entry("ann", List.of(key), ADMIN)), List.of(never)),
                new Policy(List.of(entry(Identity.BREAK_GLASS, List.of(key), ADMIN)), List.of()))) {
            assertFalse(wanted.hasAdministrator());
            assertEquals(new Replaced.NoAdministrator(), store.replace(before, wanted, "root"));
        }
        Policy byGroup = new Policy(
                List.of(entry("ann", List.of(key))), List.of(new Group("admins", List.of("ann"), List.of(ADMIN))));
        assertTrue(byGroup.hasAdministrator());
        assertEquals(new Replaced.InForce(), store.replace(before, byGroup, "root"));
    }

    @Test
    void whatSomebodyChangesMeanwhileIsNotOverrun() {
        Policy before = new Policy(List.of(entry("ann", List.of(key("a")), ADMIN)), List.of());
        begin(before);
        store.put(new Identity("bob", Identity.Kind.PERSON, List.of(), false), "root");
        Policy now = store.policy();

        assertEquals(new Replaced.ChangedMeanwhile(), store.replace(before, before, "root"));
        assertEquals(now, store.policy());
    }

    @Test
    void aDeployKeyIsNobodysKey() {
        Policy before = new Policy(List.of(entry("ann", List.of(key("a")), ADMIN)), List.of());
        begin(before);
        String line = mill.next();
        deployKey("ann", line);
        PolicyKey deploy = read(line);
        List<Policy.Entry> entries = new ArrayList<>(before.identities());
        entries.add(entry("bob", List.of(deploy)));

        assertEquals(
                new Replaced.Taken(deploy, "deploy:web:ci-ann"),
                store.replace(before, new Policy(entries, List.of()), "root"));
        assertEquals(before, store.policy());
    }

    @Test
    void aChangeThatFailsHalfWayIsNone() {
        Policy before = new Policy(List.of(entry("ann", List.of(key("a")), ADMIN)), List.of());
        begin(before);
        store.close();
        try (Database database = KeysDatabase.open(folder.resolve("keys.sqlite"));
                SqliteIdentityStore failing = SqliteIdentityStore.over(database, Clock.systemUTC())) {
            database.write(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.execute("CREATE TRIGGER full BEFORE INSERT ON group_members"
                            + " BEGIN SELECT RAISE(ABORT, 'on purpose'); END");
                }
            });
            Policy wanted = new Policy(
                    List.of(entry("ann", List.of(key("b")), ADMIN), entry("bob", List.of())),
                    List.of(new Group("devs", List.of("bob"), List.of())));
            assertThrows(DatabaseException.class, () -> failing.replace(before, wanted, "root"));
            assertEquals(before, failing.policy());
        }
        open();
        assertEquals(before, store.policy());
    }

    private void begin(Policy policy) {
        assertEquals(new Replaced.InForce(), store.replace(store.policy(), policy, "root"));
    }

    private String deployKey(String creator) {
        return deployKey(creator, mill.next());
    }

    private String deployKey(String creator, String line) {
        DeployScope scope = new DeployScope(
                Set.of(DeployVerb.SUBMIT), List.of(), List.of(), Instant.now().plusSeconds(3600), DeployQuotas.NONE);
        DeployKey.Wanted wanted = new DeployKey.Wanted("web", "ci-" + creator, creator, scope);
        return assertInstanceOf(DeployKeys.Put.Made.class, store.deployKeys().put(wanted, line))
                .key()
                .fingerprint();
    }

    private PolicyKey key(String comment) {
        return read(mill.next() + " " + comment);
    }

    private static PolicyKey read(String line) {
        return assertInstanceOf(PolicyKey.Reading.Accepted.class, PolicyKey.read(line))
                .key();
    }

    private static Policy.Entry entry(String name, List<PolicyKey> keys, Grant... grants) {
        return new Policy.Entry(new Identity(name, Identity.Kind.PERSON, List.of(grants), false), keys);
    }
}
