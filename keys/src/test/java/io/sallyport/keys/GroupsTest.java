package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.keys.IdentityStore.KeyAdded;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsTest {
    private static final Grant BUILDER = Grant.allow(Role.BUILDER, new ProjectGlob("web"));
    private static final Grant ADMIN = Grant.allow(Role.ADMIN, ProjectGlob.EVERY);
    private static final Grant NO_ADMIN = Grant.deny(Role.ADMIN, ProjectGlob.EVERY);
    private static final Resource WEB = new Resource.Project("web");

    @TempDir
    Path folder;

    private final KeyMill mill = new KeyMill(7);
    private SqliteIdentityStore store;

    @BeforeEach
    void open() {
        store = SqliteIdentityStore.open(folder.resolve("keys.sqlite"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatWasPutIsThereAfterReopening() {
        people("ann", "bob");
        Group devs = new Group("devs", List.of("bob", "ann", "bob"), List.of(BUILDER, NO_ADMIN));
        Group none = new Group("none", List.of(), List.of());

        assertEquals(new Groups.Put.Stored(true), store.groups().put(none, "root"));
        assertEquals(new Groups.Put.Stored(true), store.groups().put(devs, "root"));
        assertEquals(new Groups.Put.Stored(false), store.groups().put(devs, "root"));

        for (int life = 0; life < 2; life++) {
            assertEquals(List.of(devs, none), store.groups().all());
            assertEquals(Optional.of(devs), store.groups().find("devs"));
            assertEquals(List.of("ann", "bob"), devs.members());
            assertEquals(List.of(devs), store.groups().of("ann"));
            assertEquals(List.of(), store.groups().of("carl"));
            store.close();
            open();
        }
    }

    @Test
    void aMemberGetsTheGrantsAndLosesThemWithTheNextQuestion() {
        people("ann");
        String ann = key("ann");
        assertFalse(may(ann, Verb.SUBMIT_BUILD));

        put("devs", List.of("ann"), BUILDER);
        assertTrue(may(ann, Verb.SUBMIT_BUILD));

        put("guests", List.of("ann"), Grant.deny(Role.BUILDER, ProjectGlob.EVERY));
        assertFalse(may(ann, Verb.SUBMIT_BUILD));

        assertEquals(Changed.DONE, store.groups().remove("guests", "root"));
        assertTrue(may(ann, Verb.SUBMIT_BUILD));

        put("devs", List.of(), BUILDER);
        assertFalse(may(ann, Verb.SUBMIT_BUILD));
        assertEquals(Changed.ABSENT, store.groups().remove("guests", "root"));
    }

    @Test
    void aDeployKeyHasWhatItsMakerHasByAGroup() {
        people("ann");
        put("maintainers", List.of("ann"), Grant.allow(Role.MAINTAINER, new ProjectGlob("web")));
        DeployScope scope = new DeployScope(
                Set.of(DeployVerb.SUBMIT), List.of(), List.of(), Instant.now().plusSeconds(3600), DeployQuotas.NONE);
        String deploy = assertInstanceOf(
                        DeployKeys.Put.Made.class,
                        store.deployKeys().put(new DeployKey.Wanted("web", "ci", "ann", scope), mill.next()))
                .key()
                .fingerprint();
        assertTrue(may(deploy, Verb.SUBMIT_BUILD));
        assertEquals(store.groups().of("ann"), store.groups().of("deploy:web:ci"));

        put("maintainers", List.of(), Grant.allow(Role.MAINTAINER, new ProjectGlob("web")));

        assertFalse(may(deploy, Verb.SUBMIT_BUILD));
    }

    @Test
    void onlyWhoIsThereCanBeAMember() {
        people("ann");

        assertEquals(
                new Groups.Put.NoIdentities(List.of("ben", "deploy:web:ci")),
                store.groups().put(new Group("devs", List.of("ann", "deploy:web:ci", "ben"), List.of()), "root"));
        assertEquals(List.of(), store.groups().all());
    }

    @Test
    void whoIsRemovedIsInNoGroupAndANewOneOfTheNameNeither() {
        people("ann", "bob");
        put("devs", List.of("ann", "bob"), BUILDER);

        store.remove("ann", "root");

        assertEquals(List.of("bob"), store.groups().find("devs").orElseThrow().members());
        people("ann");
        assertEquals(List.of(), store.groups().of("ann"));
        store.close();
        open();
        assertEquals(List.of("bob"), store.groups().find("devs").orElseThrow().members());
        assertEquals(List.of(), store.groups().of("ann"));
    }

    @Test
    void administratorsByAGroupAreAdministrators() {
        people("ann", "bob");
        put("admins", List.of("bob"), ADMIN);

        assertEquals(List.of("bob"), administrators());

        put("never", List.of("bob"), NO_ADMIN);
        assertEquals(List.of(), administrators());
    }

    @Test
    void theLastAdministratorWhoHasAKeyStays() {
        people("ann", "bob", "keyless");
        key("ann");
        key("bob");
        put("admins", List.of("ann", "keyless"), ADMIN);

        assertEquals(
                new Groups.Put.LastAdministrator(),
                store.groups().put(group("admins", List.of("keyless"), ADMIN), "root"));
        assertEquals(new Groups.Put.LastAdministrator(), store.groups().put(group("admins", List.of("ann")), "root"));
        assertEquals(
                new Groups.Put.LastAdministrator(),
                store.groups().put(group("never", List.of("ann"), NO_ADMIN), "root"));
        assertEquals(Changed.LAST_ADMINISTRATOR, store.groups().remove("admins", "root"));
        assertEquals(Changed.LAST_ADMINISTRATOR, store.remove("ann", "root"));
        assertEquals(Changed.LAST_ADMINISTRATOR, store.put(person("ann", true), "root"));
        assertEquals(
                Changed.LAST_ADMINISTRATOR,
                store.put(new Identity("ann", Identity.Kind.PERSON, List.of(), false, true), "root"));
        assertEquals(Changed.LAST_ADMINISTRATOR, store.put(person("ann", false, NO_ADMIN), "root"));

        put("admins", List.of("ann", "bob"), ADMIN);

        assertEquals(Changed.DONE, store.remove("ann", "root"));
        assertEquals(Changed.LAST_ADMINISTRATOR, store.groups().remove("admins", "root"));
    }

    @Test
    void breakGlassIsNoAdministratorWhoStaysAndNobodyWhoCannotGo() {
        people("ann");
        key("ann");
        put("admins", List.of("ann"), ADMIN);
        store.put(new Identity(Identity.BREAK_GLASS, Identity.Kind.PERSON, List.of(ADMIN), false), "root");
        key(Identity.BREAK_GLASS);

        assertEquals(Changed.LAST_ADMINISTRATOR, store.remove("ann", "root"));
        assertEquals(Changed.DONE, store.remove(Identity.BREAK_GLASS, "root"));
    }

    @Test
    void twoWhoDemoteEachOtherAtTheSameTimeDoNotBothSucceed() throws Exception {
        people("ann", "bob");
        key("ann");
        key("bob");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 50; round++) {
                put("admins", List.of("ann", "bob"), ADMIN);
                store.put(person("ann", false), "root");
                store.put(person("bob", false), "root");
                List<Future<Changed>> both = new ArrayList<>();
                for (String name : List.of("ann", "bob")) {
                    both.add(threads.submit(() -> store.put(person(name, false, NO_ADMIN), "root")));
                }
                List<Changed> results = new ArrayList<>();
                for (Future<Changed> each : both) {
                    results.add(each.get());
                }
                assertEquals(1, results.stream().filter(Changed.DONE::equals).count(), results::toString);
                assertEquals(1, administrators().size());
            }
        }
    }

    @Test
    void groupsAndTheirMembersAreBounded() {
        for (int i = 0; i < Groups.MOST; i++) {
            put("g" + i, List.of());
        }
        assertEquals(
                new Groups.Put.TooMany("groups", Groups.MOST), store.groups().put(group("more", List.of()), "root"));
        assertEquals(new Groups.Put.Stored(false), store.groups().put(group("g0", List.of(), BUILDER), "root"));
    }

    private void people(String... names) {
        for (String name : names) {
            store.put(person(name, false), "root");
        }
    }

    private String key(String name) {
        return assertInstanceOf(KeyAdded.Stored.class, store.addKey(name, mill.next(), "root"))
                .key()
                .fingerprint();
    }

    private void put(String name, List<String> members, Grant... grants) {
        assertInstanceOf(Groups.Put.Stored.class, store.groups().put(group(name, members, grants), "root"));
    }

    private List<String> administrators() {
        return store.administrators().stream().map(Identity::name).toList();
    }

    /** As a session that goes on asks: by its key, anew each time. */
    private boolean may(String fingerprint, Verb verb) {
        Standing.Known known = assertInstanceOf(Standing.Known.class, store.standing(fingerprint, "192.0.2.1"));
        return Access.decide(known.principal(), verb, WEB).allowed();
    }

    private static Group group(String name, List<String> members, Grant... grants) {
        return new Group(name, members, List.of(grants));
    }

    private static Identity person(String name, boolean locked, Grant... grants) {
        return new Identity(name, Identity.Kind.PERSON, List.of(grants), locked);
    }
}
