package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.database.DatabaseException;
import io.sallyport.keys.IdentityStore.KeyAdded;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteIdentityStoreTest {
    @TempDir
    Path folder;

    private SqliteIdentityStore store;
    private final List<String> removed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        store = SqliteIdentityStore.open(folder.resolve("keys.sqlite"));
        store.onRemoved(removed::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        open();
    }

    @Test
    void whatWasPutIsThereAfterReopening() throws Exception {
        Identity anna = person(
                "anna",
                Grant.allow(Role.ADMIN, ProjectGlob.EVERY),
                Grant.deny(Role.VIEWER, new ProjectGlob("team/secret")),
                Grant.allow(Role.MAINTAINER, new ProjectGlob("team/*")));
        Identity robot = new Identity("robot", Identity.Kind.SERVICE, List.of(), true);
        store.put(robot, "root");
        store.put(anna, "root");
        PublicKeyRecord first = added("anna", key("a"));
        PublicKeyRecord second = added("anna", key("b"));
        reopen();
        assertEquals(List.of(anna, robot), store.identities());
        assertEquals(Optional.of(anna), store.identity("anna"));
        assertEquals(List.of(first, second), store.keys("anna"));
        assertEquals(Optional.of(first), store.key(first.fingerprint()));
        assertEquals(List.of(), store.keys("robot"));
        assertEquals(List.of(), store.keys("nobody"));
    }

    @Test
    void aKeyRecordTellsTheKeyAsGiven() throws Exception {
        store.put(person("anna"), "root");
        String line = key("a");
        PublicKeyRecord key = added("anna", "# mine\r\n" + line + "\r\n");
        assertEquals(line, key.line());
        assertEquals(new SshKeygen(folder).fingerprint(line), key.fingerprint());
        assertEquals("ssh-ed25519", key.type());
        assertEquals("anna", key.identity());
        assertEquals("a comment", key.comment());
    }

    @Test
    void replacingAnIdentityKeepsItsKeys() throws Exception {
        store.put(person("anna"), "root");
        PublicKeyRecord key = added("anna", key("a"));
        Identity promoted = person("anna", Grant.allow(Role.BUILDER, ProjectGlob.EVERY));
        store.put(promoted, "root");
        assertEquals(Optional.of(promoted), store.identity("anna"));
        reopen();
        assertEquals(Optional.of(promoted), store.identity("anna"));
        assertEquals(List.of(key), store.keys("anna"));
        assertEquals(List.of(), removed);
    }

    @Test
    void aKeyStandsForExactlyOneIdentity() throws Exception {
        store.put(person("anna"), "root");
        store.put(person("bert"), "root");
        String line = key("a");
        PublicKeyRecord key = added("anna", line);
        assertEquals(new KeyAdded.AlreadyThere(key), store.addKey("anna", line + " again", "root"));
        assertEquals(new KeyAdded.Taken(key.fingerprint()), store.addKey("bert", line, "root"));
        assertEquals(new KeyAdded.NoIdentity("carl"), store.addKey("carl", key("b"), "root"));
        assertInstanceOf(KeyAdded.Unacceptable.class, store.addKey("anna", "nonsense", "root"));
        assertEquals(List.of(key), store.keys("anna"));
    }

    @Test
    void removingAKeyIsToldOnceAndLasts() throws Exception {
        store.put(person("anna"), "root");
        PublicKeyRecord gone = added("anna", key("a"));
        PublicKeyRecord stays = added("anna", key("b"));
        assertTrue(store.removeKey(gone.fingerprint(), "root"));
        assertFalse(store.removeKey(gone.fingerprint(), "root"));
        assertFalse(store.removeKey("SHA256:nonsense", "root"));
        assertEquals(List.of(gone.fingerprint()), removed);
        reopen();
        assertEquals(Optional.empty(), store.key(gone.fingerprint()));
        assertEquals(List.of(stays), store.keys("anna"));
    }

    @Test
    void removingAnIdentityRemovesItsKeysAndANewOneOfTheNameHasNone() throws Exception {
        store.put(person("anna", Grant.allow(Role.MAINTAINER, ProjectGlob.EVERY)), "root");
        String line = key("a");
        PublicKeyRecord key = added("anna", line);
        assertEquals(Changed.DONE, store.remove("anna", "root"));
        assertEquals(Changed.ABSENT, store.remove("anna", "root"));
        assertEquals(List.of(key.fingerprint()), removed);
        assertEquals(Optional.empty(), store.key(key.fingerprint()));
        store.put(person("anna"), "root");
        reopen();
        assertEquals(List.of(), store.identity("anna").orElseThrow().grants());
        assertEquals(List.of(), store.keys("anna"));
        added("anna", line);
    }

    @Test
    void lockingAnIdentityTellsAllItsKeys() throws Exception {
        store.put(person("anna"), "root");
        String first = added("anna", key("a")).fingerprint();
        String second = added("anna", key("b")).fingerprint();
        store.put(new Identity("anna", Identity.Kind.PERSON, List.of(), true), "root");
        assertEquals(List.of(first, second), removed);
        assertEquals(2, store.keys("anna").size());
    }

    @Test
    void aFailingListenerKeepsNoOtherFromBeingTold() throws Exception {
        SqliteIdentityStore other = SqliteIdentityStore.open(folder.resolve("other.sqlite"));
        try (other) {
            other.onRemoved(fingerprint -> {
                throw new IllegalStateException("on purpose");
            });
            other.onRemoved(removed::add);
            other.put(person("anna"), "root");
            assertInstanceOf(KeyAdded.Stored.class, other.addKey("anna", key("a"), "root"));
            assertEquals(Changed.DONE, other.remove("anna", "root"));
            assertEquals(1, removed.size());
        }
    }

    @Test
    void anIdentityHasABoundedNumberOfKeys() {
        store.put(person("anna"), "root");
        KeyMill mill = new KeyMill(1);
        for (int i = 0; i < SqliteIdentityStore.MOST_KEYS; i++) {
            added("anna", mill.next());
        }
        KeyAdded.Unacceptable refused =
                assertInstanceOf(KeyAdded.Unacceptable.class, store.addKey("anna", mill.next(), "root"));
        assertTrue(refused.reason().contains("100 keys"), refused.reason());
    }

    @Test
    void changesFromManyThreadsLeaveMemoryAndDiskTheSame() {
        KeyMill mill = new KeyMill(2);
        Set<String> lines = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String name = "p" + i % 5;
                String line = mill.next();
                threads.submit(() -> {
                    store.put(person(name), "root");
                    if (store.addKey(name, line, "root") instanceof KeyAdded.Stored stored) {
                        lines.add(stored.key().line());
                        if (lines.size() % 3 == 0) {
                            store.removeKey(stored.key().fingerprint(), "root");
                        }
                    }
                });
            }
        }
        List<Identity> identities = store.identities();
        List<PublicKeyRecord> keys = allKeys();
        assertEquals(20, lines.size());
        reopen();
        assertEquals(identities, store.identities());
        assertEquals(keys, allKeys());
    }

    private List<PublicKeyRecord> allKeys() {
        return store.identities().stream()
                .flatMap(identity -> store.keys(identity.name()).stream())
                .toList();
    }

    @Test
    void aClosedStoreTakesNoChangeAndForgetsNone() {
        store.put(person("anna"), "root");
        store.close();
        assertThrows(DatabaseException.class, () -> store.put(person("bert"), "root"));
        assertThrows(DatabaseException.class, () -> store.remove("anna", "root"));
        assertEquals(Optional.empty(), store.identity("bert"));
        assertTrue(store.identity("anna").isPresent());
    }

    @Test
    void namesAreChecked() {
        for (String good : List.of("anna", "a", "0", "anna.b", "build-bot_2", "a".repeat(64))) {
            assertTrue(Identity.isName(good), good);
        }
        for (String bad : List.of("", ".", "..", "-a", "Anna", "a b", "a/b", "ä", "a\n", "a".repeat(65))) {
            assertFalse(Identity.isName(bad), bad);
            assertThrows(IllegalArgumentException.class, () -> person(bad));
        }
    }

    private String key(String name) throws Exception {
        return new SshKeygen(folder).publicKey(name, "-t", "ed25519", "-C", "a comment");
    }

    private PublicKeyRecord added(String identity, String line) {
        return assertInstanceOf(KeyAdded.Stored.class, store.addKey(identity, line, "root"))
                .key();
    }

    private static Identity person(String name, Grant... grants) {
        return new Identity(name, Identity.Kind.PERSON, List.of(grants), false);
    }
}
