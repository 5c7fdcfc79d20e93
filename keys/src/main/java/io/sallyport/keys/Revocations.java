package io.sallyport.keys;

import io.sallyport.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The one key revocation list in force. It is replaced as a whole: on disk, then for every look-up at once. May be used
 * from any thread.
 */
public final class Revocations {
    /** The largest list, in bytes. */
    public static final int LARGEST = KrlReader.LARGEST;

    private final Database database;
    private final AuthorityStore authorities;
    private final IdentityStore identities;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object changing = new Object();
    private volatile Krl inForce;

    /** The list of a database that {@link KeysDatabase} has opened. */
    public Revocations(Database database, IdentityStore identities, AuthorityStore authorities) {
        this.database = database;
        this.identities = identities;
        this.authorities = authorities;
        try {
            this.inForce = KrlReader.read(bytes());
        } catch (WireReader.Malformed e) {
            throw new IllegalStateException("the stored revocation list cannot be read: " + e.reason(), e);
        }
    }

    /**
     * What a list says of itself.
     *
     * @param version counted by its maker, unsigned
     * @param generated when it was made
     * @param comment of its maker
     * @param count of what it revokes
     * @param signedBy fingerprints of the keys that have signed it
     */
    public record Summary(long version, Instant generated, String comment, int count, List<String> signedBy) {}

    /** What became of a list that was to be in force. */
    public sealed interface Replaced {
        /** It is in force. */
        record InForce(Summary summary) implements Replaced {}

        /** It is not, and the one before it still is: why. */
        record Refused(String reason) implements Replaced {}
    }

    /** The list in force, as it was given; one that revokes nothing when there was none. */
    public byte[] bytes() {
        return database.read(CertificateTables::revocations).orElseGet(Krl::empty);
    }

    /** Puts a list in force, on somebody's word. */
    public Replaced replace(byte[] list, String by) {
        Krl krl;
        try {
            krl = KrlReader.read(list);
        } catch (WireReader.Malformed e) {
            return new Replaced.Refused(e.reason());
        }
        for (KeyBlob signer : krl.signedBy()) {
            String fingerprint = signer.fingerprint().toString();
            if (authorities.find(fingerprint).isEmpty()) {
                return new Replaced.Refused("it is signed by " + fingerprint + ", which is not trusted here");
            }
        }
        if (leavesNoAdministrator(krl)) {
            return new Replaced.Refused("it would leave no administrator with a key that lets in");
        }
        synchronized (changing) {
            database.write(connection -> {
                Outbox.put(connection, KeyChange.revocations(krl, by));
                return CertificateTables.revocations(connection, list);
            });
            inForce = krl;
        }
        listeners.forEach(Runnable::run);
        return new Replaced.InForce(summary(krl));
    }

    private boolean leavesNoAdministrator(Krl krl) {
        return identities.administrators().stream()
                .flatMap(identity -> identities.keys(identity.name()).stream())
                .allMatch(key -> krl.revokes(key.blob()));
    }

    /** What the list in force says of itself. */
    public Summary summary() {
        return summary(inForce);
    }

    private static Summary summary(Krl krl) {
        List<String> signers =
                krl.signedBy().stream().map(key -> key.fingerprint().toString()).toList();
        return new Summary(krl.version(), krl.generated(), krl.comment(), krl.count(), signers);
    }

    /** Calls back, on the thread that made the change, when another list is in force. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    boolean revokes(KeyBlob key) {
        return inForce.revokes(key);
    }

    Optional<String> revokes(CertificateRecord certificate, KeyBlob key, KeyBlob authority) {
        return inForce.revokes(certificate, key, authority);
    }
}
