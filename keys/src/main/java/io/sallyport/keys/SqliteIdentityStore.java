package io.sallyport.keys;

import io.sallyport.database.Database;
import io.sallyport.database.Work;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identities and keys in a SQLite file of their own, all of them held in memory too: a hundred thousand Ed25519 keys
 * of ten thousand identities take 28 MB of heap, and a second of processor time to read (docs/performance.md).
 *
 * <p>Changing methods throw {@link io.sallyport.database.DatabaseException} when the disk does not take the change;
 * nothing has changed then.
 */
public final class SqliteIdentityStore implements IdentityStore {
    /** Keys that one identity may have. */
    public static final int MOST_KEYS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteIdentityStore.class);

    private final Database database;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    /** Held over a commit and the change in memory, so that both happen in the same order. */
    private final ReentrantLock changing = new ReentrantLock();

    private final SqliteDeployKeys deployKeys;
    private final SqliteGroups groups;

    /** Changed piece by piece, or replaced as a whole; who needs two things of it takes it once. */
    private volatile IdentityMemory memory;

    private SqliteIdentityStore(Database database, Clock clock) {
        this.database = database;
        this.memory = database.read(IdentityMemory::load);
        this.groups = new SqliteGroups(
                database,
                changing,
                () -> memory,
                identity -> deployKey(identity).flatMap(DeployKey::creator));
        this.deployKeys = new SqliteDeployKeys(database, changing, clock, new SqliteDeployKeys.Others() {
            @Override
            public boolean hold(Fingerprint fingerprint) {
                return memory.key(fingerprint).isPresent();
            }

            @Override
            public void tell(List<DeployKey> gone) {
                SqliteIdentityStore.this.tell(fingerprints(gone));
            }
        });
    }

    /**
     * Opens the store, made if absent.
     *
     * @param file the database file; its folder must exist
     * @param clock tells when deploy keys expire
     * @throws io.sallyport.database.DatabaseException when the file cannot be opened, or was written by a newer version
     */
    public static SqliteIdentityStore open(Path file, Clock clock) {
        return over(KeysDatabase.open(file), clock);
    }

    /** The store in a database that {@link KeysDatabase} has opened, and that is closed with the store. */
    public static SqliteIdentityStore over(Database database, Clock clock) {
        try {
            SqliteIdentityStore store = new SqliteIdentityStore(database, clock);
            database.read(change(store.deployKeys::load));
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens the store with the system's clock. */
    public static SqliteIdentityStore open(Path file) {
        return open(file, Clock.systemUTC());
    }

    @Override
    public Optional<Identity> identity(String name) {
        return DeployKey.isIdentity(name)
                ? deployKey(name).flatMap(this::principal).map(Principal::identity)
                : memory.identity(name);
    }

    private Optional<DeployKey> deployKey(String identity) {
        return deployKeys.matching(key -> key.identity().equals(identity)).stream()
                .findFirst();
    }

    /** Whoever asks with a deploy key: who made it, bounded. */
    private Optional<Principal> principal(DeployKey key) {
        return key.creator()
                .flatMap(creator -> memory.principal(creator, Credential.UNBOUNDED))
                .map(key::principal);
    }

    @Override
    public Optional<Principal> principal(String name, Credential credential) {
        return memory.principal(name, credential);
    }

    @Override
    public List<Identity> administrators() {
        IdentityMemory now = memory;
        return now.identities().stream()
                .filter(identity -> now.principal(identity.name(), Credential.UNBOUNDED)
                        .filter(Principal::isAdministrator)
                        .isPresent())
                .toList();
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public List<Identity> identities() {
        return memory.identities();
    }

    @Override
    public Optional<PublicKeyRecord> key(String fingerprint) {
        return Fingerprint.parse(fingerprint)
                .flatMap(memory::key)
                .map(HeldKey::toRecord)
                .or(() -> deployKeys.find(fingerprint).map(DeployKey::key));
    }

    @Override
    public Standing standing(String fingerprint, String source) {
        IdentityMemory now = memory;
        Optional<Principal> person = Fingerprint.parse(fingerprint)
                .flatMap(now::key)
                .flatMap(key -> now.principal(key.identity(), new Credential(fingerprint, Optional.empty())));
        if (person.isPresent()) {
            return new Standing.Known(person.get());
        }
        return deployKeys
                .find(fingerprint)
                .map(key -> standing(key, source))
                .orElseGet(() -> new Standing.Unknown("unknown key"));
    }

    private Standing standing(DeployKey key, String source) {
        if (deployKeys.expired(key)) {
            return new Standing.Unknown("expired deploy key " + key.identity());
        }
        if (!key.scope().admits(source)) {
            return new Standing.Unknown("deploy key " + key.identity() + " from elsewhere");
        }
        return principal(key)
                .<Standing>map(Standing.Known::new)
                .orElseGet(() -> new Standing.Unknown("deploy key " + key.identity() + " of a removed identity"));
    }

    @Override
    public DeployKeys deployKeys() {
        return deployKeys;
    }

    @Override
    public List<PublicKeyRecord> keys(String identity) {
        return DeployKey.isIdentity(identity)
                ? deployKeys.matching(key -> key.identity().equals(identity)).stream()
                        .map(DeployKey::key)
                        .toList()
                : memory.keys(identity).stream().map(HeldKey::toRecord).toList();
    }

    @Override
    public Changed put(Identity identity, String by) {
        changing.lock();
        try {
            if (memory.losesAdministrators(identity)) {
                return Changed.LAST_ADMINISTRATOR;
            }
            KeyChange.Kind kind = memory.identity(identity.name()).isEmpty()
                    ? KeyChange.Kind.IDENTITY_CREATED
                    : KeyChange.Kind.IDENTITY_CHANGED;
            database.write(change(connection -> {
                IdentityTables.put(connection, identity);
                Outbox.put(connection, KeyChange.identity(kind, identity, by));
            }));
            memory.put(identity);
        } finally {
            changing.unlock();
        }
        if (identity.locked()) {
            tell(held(memory.keys(identity.name())));
            tell(fingerprints(deployKeys.madeBy(identity.name())));
        }
        return Changed.DONE;
    }

    @Override
    public Changed remove(String name, String by) {
        List<HeldKey> gone;
        List<DeployKey> orphans;
        changing.lock();
        try {
            if (memory.identity(name).isEmpty()) {
                return Changed.ABSENT;
            }
            if (memory.isLastAdministrator(name)) {
                return Changed.LAST_ADMINISTRATOR;
            }
            List<HeldKey> lost = memory.keys(name);
            gone = lost;
            database.write(change(connection -> {
                IdentityTables.remove(connection, name);
                for (HeldKey key : lost) {
                    Outbox.put(connection, KeyChange.key(KeyChange.Kind.KEY_REMOVED, key, by));
                }
                Outbox.put(connection, KeyChange.identityRemoved(name, by));
            }));
            memory.remove(name);
            orphans = deployKeys.orphan(name);
        } finally {
            changing.unlock();
        }
        tell(held(gone));
        tell(fingerprints(orphans));
        return Changed.DONE;
    }

    @Override
    public Policy policy() {
        changing.lock();
        try {
            return memory.policy();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public Replaced replace(Policy expected, Policy wanted, String by) {
        PolicyReplacement replacement = new PolicyReplacement(expected, wanted, by);
        List<String> gone;
        changing.lock();
        try {
            Optional<Replaced> refusal = replacement.refusal(memory.policy(), deployKeys);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            memory = replacement.write(database);
            gone = replacement.shutOut(deployKeys);
        } finally {
            changing.unlock();
        }
        tell(gone);
        return new Replaced.InForce();
    }

    @Override
    public KeyAdded addKey(String identity, String authorizedKeyLine, String by) {
        return switch (KeyLine.read(authorizedKeyLine)) {
            case KeyLine.Refused refused -> new KeyAdded.Unacceptable(refused.reason(), refused.hint());
            case KeyLine.Accepted accepted -> add(identity, accepted.key(), accepted.comment(), by);
        };
    }

    private KeyAdded add(String identity, KeyBlob blob, String comment, String by) {
        HeldKey key = new HeldKey(blob.fingerprint(), identity, blob, comment, System.currentTimeMillis());
        changing.lock();
        try {
            if (memory.identity(identity).isEmpty()) {
                return new KeyAdded.NoIdentity(identity);
            }
            Optional<HeldKey> same = memory.key(key.fingerprint());
            if (same.isPresent()) {
                return same.get().identity().equals(identity)
                        ? new KeyAdded.AlreadyThere(same.get().toRecord())
                        : new KeyAdded.Taken(key.fingerprint().toString());
            }
            if (deployKeys.find(key.fingerprint().toString()).isPresent()) {
                return new KeyAdded.Taken(key.fingerprint().toString());
            }
            if (memory.keys(identity).size() >= MOST_KEYS) {
                return new KeyAdded.Unacceptable(
                        identity + " has " + MOST_KEYS + " keys, no more are allowed", "remove one that is not used");
            }
            database.write(change(connection -> {
                IdentityTables.addKey(connection, key);
                Outbox.put(connection, KeyChange.key(KeyChange.Kind.KEY_ADDED, key, by));
            }));
            memory.add(key);
            return new KeyAdded.Stored(key.toRecord());
        } finally {
            changing.unlock();
        }
    }

    @Override
    public boolean removeKey(String fingerprint, String by) {
        Optional<HeldKey> key;
        changing.lock();
        try {
            key = Fingerprint.parse(fingerprint).flatMap(memory::key);
            if (key.isEmpty()) {
                return deployKeys.remove(fingerprint, by);
            }
            HeldKey gone = key.get();
            database.write(change(connection -> {
                IdentityTables.removeKey(connection, fingerprint);
                Outbox.put(connection, KeyChange.key(KeyChange.Kind.KEY_REMOVED, gone, by));
            }));
            memory.remove(gone);
        } finally {
            changing.unlock();
        }
        tell(held(List.of(key.get())));
        return true;
    }

    @Override
    public void onRemoved(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Called without the lock: a listener may ask the store, or take its time to close a session. */
    private void tell(List<String> gone) {
        for (String key : gone) {
            for (Consumer<String> listener : listeners) {
                try {
                    listener.accept(key);
                } catch (RuntimeException e) {
                    LOG.error("a listener failed on the removal of key {}", key, e);
                }
            }
        }
    }

    private static List<String> held(List<HeldKey> keys) {
        return keys.stream().map(key -> key.fingerprint().toString()).toList();
    }

    private static List<String> fingerprints(List<DeployKey> keys) {
        return keys.stream().map(DeployKey::fingerprint).toList();
    }

    private static Work<Boolean> change(Change change) {
        return connection -> {
            change.run(connection);
            return true;
        };
    }

    @Override
    public void close() {
        deployKeys.close();
        database.close();
    }

    private interface Change {
        void run(Connection connection) throws SQLException;
    }
}
