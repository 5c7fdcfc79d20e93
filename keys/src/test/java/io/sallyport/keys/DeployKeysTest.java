package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.keys.DeployKeys.Put;
import io.sallyport.keys.IdentityStore.KeyAdded;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployKeysTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant EXPIRY = START.plus(Duration.ofDays(90));
    private static final String HERE = "192.0.2.7";
    private static final Resource WEB = new Resource.Submission("web", Optional.empty(), false);

    @TempDir
    Path folder;

    private final KeyMill mill = new KeyMill(3);
    private final List<String> removed = new CopyOnWriteArrayList<>();
    private Instant now = START;
    private SqliteIdentityStore store;

    @BeforeEach
    void open() {
        InstantSource source = () -> now;
        store = SqliteIdentityStore.open(folder.resolve("keys.sqlite"), source.withZone(ZoneOffset.UTC));
        store.onRemoved(removed::add);
        if (store.identity("ann").isEmpty()) {
            store.put(ann(Role.MAINTAINER), "root");
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aDeployKeySubmitsInItsProjectAndNothingElse() {
        String key = made("web", "ci", scope()).fingerprint();

        Principal ci = known(key);

        assertEquals("deploy:web:ci", ci.identity().name());
        assertTrue(Access.decide(ci, Verb.SUBMIT_BUILD, WEB).allowed());
        assertFalse(Access.decide(ci, Verb.SUBMIT_BUILD, new Resource.Submission("app", Optional.empty(), false))
                .allowed());
        assertFalse(Access.decide(ci, Verb.MANAGE_DEPLOY_KEYS, new Resource.Project("web"))
                .allowed());
        assertFalse(Access.decide(ci, Verb.MANAGE_KEYS, new Resource.Key("deploy:web:ci"))
                .allowed());
    }

    @Test
    void itLetsInUntilItExpires() {
        String key = made("web", "ci", scope()).fingerprint();

        now = EXPIRY.minusMillis(1);
        known(key);
        now = EXPIRY;
        assertEquals("expired deploy key deploy:web:ci", unknown(key, HERE));
        now = START;
        known(key);
    }

    @Test
    void aClockMovedByADayEitherWayNeitherLetsInNorForgives() {
        DeployScope brief = new DeployScope(
                Set.of(DeployVerb.SUBMIT), List.of(), List.of(), START.plus(Duration.ofHours(12)), DeployQuotas.NONE);
        String key = made("web", "brief", brief).fingerprint();
        store.deployKeys().received(key, 3);

        now = START.plus(Duration.ofDays(1));
        assertEquals("expired deploy key deploy:web:brief", unknown(key, HERE));
        now = START.minus(Duration.ofDays(1));
        known(key);
        store.deployKeys().received(key, 4);
        assertEquals(7, store.deployKeys().use(key).bytes(), "what was sent stays counted");
        now = START;
        known(key);
    }

    @Test
    void itLetsInFromItsNetworksOnly() {
        Network network = Network.parse("192.0.2.0/24").orElseThrow();
        DeployScope scope =
                new DeployScope(Set.of(DeployVerb.SUBMIT), List.of(), List.of(network), EXPIRY, DeployQuotas.NONE);
        String key = made("web", "ci", scope).fingerprint();

        known(key);
        assertEquals("deploy key deploy:web:ci from elsewhere", unknown(key, "198.51.100.1"));
        assertEquals("deploy key deploy:web:ci from elsewhere", unknown(key, "unknown"));
    }

    @Test
    void itMayNoMoreThanItsMakerMayNow() {
        String key = made("web", "ci", scope()).fingerprint();

        store.put(ann(Role.VIEWER), "root");
        assertFalse(Access.decide(known(key), Verb.SUBMIT_BUILD, WEB).allowed());
        store.put(ann(Role.BUILDER), "root");
        assertTrue(Access.decide(known(key), Verb.SUBMIT_BUILD, WEB).allowed());
        assertEquals(List.of(), removed);

        store.put(new Identity("ann", Identity.Kind.PERSON, ann(Role.BUILDER).grants(), true), "root");
        assertFalse(Access.decide(known(key), Verb.USE_GATEWAY, new Resource.Gateway())
                .allowed());
        assertEquals(List.of(key), removed);
    }

    @Test
    void aMakerWhoIsGoneLeavesItWithoutRightsAlsoWhenSomebodyElseGetsTheName() {
        String key = made("web", "ci", scope()).fingerprint();

        store.remove("ann", "root");
        assertEquals(List.of(key), removed);
        assertEquals("deploy key deploy:web:ci of a removed identity", unknown(key, HERE));
        store.put(ann(Role.MAINTAINER), "root");
        unknown(key, HERE);
        reopen();
        unknown(key, HERE);

        String line = store.key(key).orElseThrow().line();
        assertInstanceOf(Put.Replaced.class, store.deployKeys().put(wanted("web", "ci", scope()), line));
        known(key);
    }

    @Test
    void aKeyStandsForExactlyOneIdentityWhateverItsKind() {
        String line = mill.next();
        assertInstanceOf(KeyAdded.Stored.class, store.addKey("ann", line, "root"));
        assertInstanceOf(Put.Taken.class, store.deployKeys().put(wanted("web", "ci", scope()), line));

        DeployKey key = made("web", "ci", scope());
        assertInstanceOf(KeyAdded.Taken.class, store.addKey("ann", key.key().line(), "root"));
        assertInstanceOf(
                Put.Taken.class,
                store.deployKeys().put(wanted("app", "ci", scope()), key.key().line()));
        assertInstanceOf(Put.NameTaken.class, store.deployKeys().put(wanted("web", "ci", scope()), mill.next()));
        assertInstanceOf(Put.Unacceptable.class, store.deployKeys().put(wanted("web", "other", scope()), "nonsense"));
        assertEquals(List.of(key), store.deployKeys().ofProject("web"));
    }

    @Test
    void aProjectsKeysGoWithItAndNoOthers() {
        String first = made("web", "ci", scope()).fingerprint();
        String second = made("web", "cd", scope()).fingerprint();
        String other = made("web/api", "ci", scope()).fingerprint();

        store.deployKeys().removeAll("web", "root");

        assertEquals(Set.of(first, second), Set.copyOf(removed));
        unknown(first, HERE);
        reopen();
        unknown(second, HERE);
        known(other);
    }

    @Test
    void whatWasMadeIsThereAfterReopeningWithItsUse() {
        DeployScope scope = new DeployScope(
                Set.of(DeployVerb.SUBMIT, DeployVerb.GET_ARTIFACT),
                List.of(new RefGlob("main"), new RefGlob("release/*")),
                List.of(
                        Network.parse("10.0.0.0/8").orElseThrow(),
                        Network.parse("2001:db8::1").orElseThrow()),
                EXPIRY,
                new DeployQuotas(OptionalInt.of(10), OptionalInt.of(2), OptionalLong.of(1L << 40)));
        DeployKey key = made("web", "ci", scope);
        DeployKey plain = made("web", "plain", scope());
        store.deployKeys().loggedIn(key.fingerprint(), HERE);
        store.deployKeys().submitted(key.fingerprint());
        store.deployKeys().received(key.fingerprint(), 5);
        DeployKeyUse use = store.deployKeys().use(key.fingerprint());

        reopen();

        assertEquals(List.of(key, plain), store.deployKeys().ofProject("web"));
        assertEquals(use, store.deployKeys().use(key.fingerprint()));
        assertEquals(new DeployKeyUse(1, 1, 5, Optional.of(START), Optional.of(HERE), Optional.of(START), 5), use);
        assertEquals(DeployKeyUse.NONE, store.deployKeys().use(plain.fingerprint()));
        assertEquals(List.of(key.key()), store.keys("deploy:web:ci"));
    }

    @Test
    void aNewScopeKeepsTheUseAndANewKeyOfTheNameHasNone() {
        DeployKey key = made("web", "ci", scope());
        store.deployKeys().loggedIn(key.fingerprint(), HERE);

        store.deployKeys().put(wanted("web", "ci", scope()), key.key().line());
        assertEquals(1, store.deployKeys().use(key.fingerprint()).logins());

        assertTrue(store.removeKey(key.fingerprint(), "root"));
        assertFalse(store.removeKey(key.fingerprint(), "root"));
        store.deployKeys().loggedIn(key.fingerprint(), HERE);
        store.deployKeys().put(wanted("web", "ci", scope()), key.key().line());
        assertEquals(0, store.deployKeys().use(key.fingerprint()).logins());
    }

    @Test
    void bytesAreCountedByDaysThatBeginWithTheirFirst() {
        String key = made("web", "ci", scope()).fingerprint();
        DeployKeys keys = store.deployKeys();

        keys.received(key, 3);
        now = START.plus(Duration.ofHours(23));
        keys.received(key, 4);
        assertEquals(7, keys.use(key).bytesToday(now));
        assertEquals(Optional.of(START.plus(Duration.ofDays(1))), keys.use(key).dayEnds(now));
        now = START.plus(Duration.ofDays(1));
        assertEquals(0, keys.use(key).bytesToday(now));
        keys.received(key, 5);
        assertEquals(5, keys.use(key).bytesToday(now));
        assertEquals(12, keys.use(key).bytes());
    }

    private DeployKey made(String project, String name, DeployScope scope) {
        return assertInstanceOf(Put.Made.class, store.deployKeys().put(wanted(project, name, scope), mill.next()))
                .key();
    }

    private Principal known(String fingerprint) {
        return assertInstanceOf(Standing.Known.class, store.standing(fingerprint, HERE))
                .principal();
    }

    private String unknown(String fingerprint, String source) {
        return assertInstanceOf(Standing.Unknown.class, store.standing(fingerprint, source))
                .reason();
    }

    private void reopen() {
        store.close();
        open();
    }

    private static DeployKey.Wanted wanted(String project, String name, DeployScope scope) {
        return new DeployKey.Wanted(project, name, "ann", scope);
    }

    private static DeployScope scope() {
        return new DeployScope(Set.of(DeployVerb.SUBMIT), List.of(), List.of(), EXPIRY, DeployQuotas.NONE);
    }

    private static Identity ann(Role role) {
        return new Identity("ann", Identity.Kind.PERSON, List.of(Grant.allow(role, ProjectGlob.EVERY)), false);
    }
}
