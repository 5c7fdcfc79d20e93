package io.sallyport.keys;

import io.sallyport.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The certificate authorities that are trusted. What a changing method has returned is on disk; look-ups are answered
 * from memory. May be used from any thread. Changing methods throw {@link io.sallyport.database.DatabaseException} when
 * the disk does not take the change; nothing has changed then.
 */
public final class AuthorityStore {
    /** Authorities that can be trusted at once. */
    public static final int MOST = 100;

    private final Database database;
    private final Clock clock;
    private final Map<String, Authority> authorities = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile String own = "";
    private final Object changing = new Object();

    /** The store in a database that {@link KeysDatabase} has opened. */
    public AuthorityStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        database.read(CertificateTables::authorities)
                .forEach(authority -> authorities.put(authority.fingerprint(), authority));
    }

    /** What became of an authority that was to be trusted. */
    public sealed interface Added {
        /** It is trusted now. */
        record Stored(Authority authority) implements Added {}

        /** It was trusted already; name and times are those given now. */
        record Replaced(Authority authority) implements Added {}

        /** The line is no acceptable public key, or there are too many: why, and what would do. */
        record Unacceptable(String reason, String hint) implements Added {}
    }

    /** All of them, oldest first. */
    public List<Authority> all() {
        return authorities.values().stream()
                .sorted(Comparator.comparing(Authority::added).thenComparing(Authority::fingerprint))
                .toList();
    }

    /** The authority with that key. */
    public Optional<Authority> find(String fingerprint) {
        return Optional.ofNullable(authorities.get(fingerprint));
    }

    /**
     * Trusts an authority.
     *
     * @param keyLine its public key, as in a {@code .pub} file
     * @param name for people; the key line's comment when empty
     * @param notBefore trusted from then on only
     * @param notAfter trusted until then only
     * @param by on whose word
     */
    public Added add(String keyLine, String name, Optional<Instant> notBefore, Optional<Instant> notAfter, String by) {
        return switch (KeyLine.read(keyLine)) {
            case KeyLine.Refused refused -> new Added.Unacceptable(refused.reason(), refused.hint());
            case KeyLine.Accepted accepted -> {
                KeyBlob key = accepted.key();
                yield add(
                        new Authority(
                                key.fingerprint().toString(),
                                key.type().sshName(),
                                key.line(),
                                name.isEmpty() ? accepted.comment() : name,
                                notBefore,
                                notAfter,
                                Instant.ofEpochMilli(clock.millis())),
                        by);
            }
        };
    }

    private Added add(Authority authority, String by) {
        boolean there;
        synchronized (changing) {
            there = authorities.containsKey(authority.fingerprint());
            if (!there && authorities.size() >= MOST) {
                return new Added.Unacceptable(MOST + " authorities are trusted, no more are possible", "remove one");
            }
            KeyChange change =
                    change(there ? KeyChange.Kind.AUTHORITY_CHANGED : KeyChange.Kind.AUTHORITY_ADDED, authority, by);
            database.write(connection -> {
                Outbox.put(connection, change);
                return CertificateTables.put(connection, authority);
            });
            authorities.put(authority.fingerprint(), authority);
        }
        listeners.forEach(Runnable::run);
        return there ? new Added.Replaced(authority) : new Added.Stored(authority);
    }

    private static KeyChange change(KeyChange.Kind kind, Authority authority, String by) {
        return KeyChange.authority(kind, authority.fingerprint(), authority.name(), by);
    }

    /** Trusts an authority no more, on somebody's word. False when it was not trusted. */
    public boolean remove(String fingerprint, String by) {
        synchronized (changing) {
            Optional<Authority> gone = find(fingerprint);
            if (gone.isEmpty()) {
                return false;
            }
            KeyChange change = change(KeyChange.Kind.AUTHORITY_REMOVED, gone.get(), by);
            database.write(connection -> {
                Outbox.put(connection, change);
                return CertificateTables.removeAuthority(connection, fingerprint);
            });
            authorities.remove(fingerprint);
        }
        listeners.forEach(Runnable::run);
        return true;
    }

    /**
     * Trusts the gateway's own authority, once for each key: whoever has removed it afterwards does not find it back.
     *
     * @param publicLine its public key
     */
    void trustOwn(String publicLine) {
        KeyLine.Accepted read = (KeyLine.Accepted) KeyLine.read(publicLine);
        String fingerprint = read.key().fingerprint().toString();
        Authority authority = new Authority(
                fingerprint,
                read.key().type().sshName(),
                read.key().line(),
                "this gateway",
                Optional.empty(),
                Optional.empty(),
                Instant.ofEpochMilli(clock.millis()));
        synchronized (changing) {
            KeyChange change = change(KeyChange.Kind.AUTHORITY_ADDED, authority, "gateway");
            if (database.write(connection -> trustOwn(connection, authority, change))) {
                authorities.put(fingerprint, authority);
            }
            own = fingerprint;
        }
    }

    private static boolean trustOwn(Connection connection, Authority own, KeyChange change) throws SQLException {
        boolean fresh = CertificateTables.trustOwn(connection, own);
        if (fresh) {
            Outbox.put(connection, change);
        }
        return fresh;
    }

    /** Whether it is the gateway's own. */
    public boolean isOwn(String fingerprint) {
        return own.equals(fingerprint);
    }

    /** Calls back, on the thread that made the change, when some authority is trusted no more or for another time. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
