package io.sallyport.keys;

import io.sallyport.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Deploy keys beside the identities: in their file, under their lock, all of them in memory too. */
final class SqliteDeployKeys implements DeployKeys, AutoCloseable {
    /** Deploy keys that one project may have. */
    static final int MOST = 1000;

    private final Database database;
    private final ReentrantLock changing;
    private final Clock clock;
    private final Others others;
    private final DeployKeyUses uses;
    private final Map<String, DeployKey> keys = new ConcurrentHashMap<>();

    /** What the store around knows of other keys, and who it tells. */
    interface Others {
        /** Whether the key is that of a person or service. */
        boolean hold(Fingerprint fingerprint);

        /** Tells that the keys do not let in any more. */
        void tell(List<DeployKey> gone);
    }

    SqliteDeployKeys(Database database, ReentrantLock changing, Clock clock, Others others) {
        this.database = database;
        this.changing = changing;
        this.clock = clock;
        this.others = others;
        this.uses = new DeployKeyUses(database);
    }

    void load(Connection connection) throws SQLException {
        uses.load(DeployKeyTables.uses(connection));
        DeployKeyTables.all(connection).forEach(key -> keys.put(key.fingerprint(), key));
    }

    @Override
    public Optional<DeployKey> find(String fingerprint) {
        return Optional.ofNullable(keys.get(fingerprint));
    }

    @Override
    public List<DeployKey> ofProject(String project) {
        return DeployKey.byName(matching(key -> key.project().equals(project)));
    }

    List<DeployKey> matching(Predicate<DeployKey> wanted) {
        return keys.values().stream().filter(wanted).toList();
    }

    /** Whether the key is past its last moment. */
    boolean expired(DeployKey key) {
        return !clock.instant().isBefore(key.scope().expires());
    }

    @Override
    public Put put(DeployKey.Wanted wanted, String authorizedKeyLine) {
        return switch (KeyLine.read(authorizedKeyLine)) {
            case KeyLine.Refused refused -> new Put.Unacceptable(refused.reason(), refused.hint());
            case KeyLine.Accepted accepted -> {
                KeyBlob blob = accepted.key();
                String identity = DeployKey.identity(wanted.project(), wanted.name());
                yield put(wanted, new HeldKey(blob.fingerprint(), identity, blob, accepted.comment(), clock.millis()));
            }
        };
    }

    private Put put(DeployKey.Wanted wanted, HeldKey held) {
        DeployKey key = wanted.of(held);
        changing.lock();
        try {
            Optional<DeployKey> before = find(key.fingerprint());
            Optional<Put> refusal = refusal(key, held, before);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            database.write(connection -> {
                DeployKeyTables.put(connection, key);
                Outbox.put(connection, put(key, before.isPresent(), wanted.creator()));
                return key;
            });
            uses.add(key.fingerprint());
            keys.put(key.fingerprint(), key);
            return before.isPresent() ? new Put.Replaced(key) : new Put.Made(key);
        } finally {
            changing.unlock();
        }
    }

    private static KeyChange put(DeployKey key, boolean replaced, String by) {
        return KeyChange.deployKey(
                replaced ? KeyChange.Kind.DEPLOY_KEY_CHANGED : KeyChange.Kind.DEPLOY_KEY_ADDED, key, by);
    }

    private Optional<Put> refusal(DeployKey key, HeldKey held, Optional<DeployKey> before) {
        boolean elsewhere = before.isPresent() && !before.get().project().equals(key.project());
        if (elsewhere || others.hold(held.fingerprint())) {
            return Optional.of(new Put.Taken(key.fingerprint()));
        }
        List<DeployKey> siblings = matching(other ->
                other.project().equals(key.project()) && !other.fingerprint().equals(key.fingerprint()));
        if (siblings.stream().anyMatch(other -> other.name().equals(key.name()))) {
            return Optional.of(new Put.NameTaken(key.name()));
        }
        return siblings.size() >= MOST
                ? Optional.of(new Put.Unacceptable(
                        key.project() + " has " + MOST + " deploy keys, no more are allowed",
                        "remove one that is not used"))
                : Optional.empty();
    }

    @Override
    public boolean remove(String fingerprint, String by) {
        return remove(key -> key.fingerprint().equals(fingerprint), by);
    }

    @Override
    public void removeAll(String project, String by) {
        remove(key -> key.project().equals(project), by);
    }

    private boolean remove(Predicate<DeployKey> which, String by) {
        List<DeployKey> gone;
        changing.lock();
        try {
            gone = matching(which);
            if (gone.isEmpty()) {
                return false;
            }
            database.write(connection -> {
                for (DeployKey key : gone) {
                    DeployKeyTables.remove(connection, key.fingerprint());
                    Outbox.put(connection, KeyChange.deployKey(KeyChange.Kind.DEPLOY_KEY_REMOVED, key, by));
                }
                return gone.size();
            });
            gone.forEach(key -> keys.remove(key.fingerprint()));
            gone.forEach(key -> uses.remove(key.fingerprint()));
        } finally {
            changing.unlock();
        }
        others.tell(gone);
        return true;
    }

    /** Called with the lock, when the creator's row is gone. The answer is whose sessions are to end. */
    List<DeployKey> orphan(String creator) {
        List<DeployKey> orphans = madeBy(creator);
        orphans.forEach(key -> keys.put(key.fingerprint(), key.orphaned()));
        return orphans;
    }

    @Override
    public List<DeployKey> madeBy(String creator) {
        return matching(key -> key.creator().filter(creator::equals).isPresent());
    }

    @Override
    public DeployKeyUse use(String fingerprint) {
        return uses.of(fingerprint);
    }

    @Override
    public void loggedIn(String fingerprint, String source) {
        uses.note(fingerprint, use -> use.loggedIn(clock.instant(), source));
    }

    @Override
    public void submitted(String fingerprint) {
        uses.note(fingerprint, use -> use.submitted(clock.instant()));
    }

    @Override
    public void received(String fingerprint, long bytes) {
        uses.note(fingerprint, use -> use.received(clock.instant(), bytes));
    }

    @Override
    public void close() {
        uses.close();
    }
}
