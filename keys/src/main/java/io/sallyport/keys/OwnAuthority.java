package io.sallyport.keys;

import io.sallyport.database.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The gateway's own certificate authority: signs short-lived user certificates (OpenSSH's PROTOCOL.certkeys) for who is
 * let in already. Such a certificate holds as long as its authority is trusted and the key that asked for it lets in.
 * May be used from any thread.
 */
public final class OwnAuthority {
    /** The longest time for which it signs. */
    public static final Duration LONGEST = CertificateCheck.LONGEST;

    private static final Duration BACKDATED = Duration.ofMinutes(1);
    private static final int NONCE = 32;

    private final SigningKey authority;
    private final Database database;
    private final IdentityStore identities;
    private final AuthorityStore authorities;
    private final Revocations revocations;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Signs with the key, which is trusted from now on unless it was once and is no more. */
    public OwnAuthority(
            SigningKey authority,
            Database database,
            IdentityStore identities,
            AuthorityStore authorities,
            Revocations revocations,
            Clock clock) {
        this.authority = authority;
        this.database = database;
        this.identities = identities;
        this.authorities = authorities;
        this.revocations = revocations;
        this.clock = clock;
        authorities.trustOwn(authority.publicLine());
    }

    /** What became of a key that was to be certified. */
    public sealed interface Issued {
        /** A certificate: one line, as in a {@code -cert.pub} file, without line end. */
        record Signed(String line, CertificateRecord certificate) implements Issued {}

        /** The key is not acceptable: why, and what would do. */
        record Unacceptable(String reason, String hint) implements Issued {}

        /** The key belongs to another identity. */
        record Taken(String fingerprint) implements Issued {}

        /** This authority is trusted no more, so its certificates would let nobody in. */
        record Untrusted(String fingerprint) implements Issued {}
    }

    /**
     * Certifies a key for an identity. What is answered has a serial number that was never given before, on disk.
     *
     * @param identity who asks
     * @param askedWith fingerprint of the key that they came in with
     * @param keyLine the key to certify, as in a {@code .pub} file
     * @param valid at most {@link #LONGEST}
     */
    public Issued issue(Identity identity, String askedWith, String keyLine, Duration valid) {
        if (valid.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("longer than " + LONGEST + ": " + valid);
        }
        String own = authority.fingerprint();
        if (authorities
                .find(own)
                .filter(found -> found.holdsAt(clock.instant()))
                .isEmpty()) {
            return new Issued.Untrusted(own);
        }
        return switch (KeyLine.read(keyLine)) {
            case KeyLine.Refused refused -> new Issued.Unacceptable(refused.reason(), refused.hint());
            case KeyLine.Accepted accepted ->
                fault(identity, accepted.key()).orElseGet(() -> sign(identity, askedWith, accepted.key(), valid));
        };
    }

    private Optional<Issued> fault(Identity identity, KeyBlob key) {
        Optional<PublicKeyRecord> known = identities.key(key.fingerprint().toString());
        if (known.isPresent() && !known.get().identity().equals(identity.name())) {
            return Optional.of(new Issued.Taken(known.get().fingerprint()));
        }
        if (revocations.revokes(key)) {
            return Optional.of(new Issued.Unacceptable("this key has been revoked", "make a new one"));
        }
        if (identity.verifyRequired() && !key.type().onDevice()) {
            return Optional.of(new Issued.Unacceptable(
                    identity.name() + " must log in with a security key", "send one from ssh-keygen -t ed25519-sk"));
        }
        return Optional.empty();
    }

    private Issued sign(Identity identity, String askedWith, KeyBlob key, Duration valid) {
        Instant now = clock.instant();
        String own = authority.fingerprint();
        CertificateRecord facts = database.write(connection -> {
            CertificateRecord record = new CertificateRecord(
                    CertificateTables.nextSerial(connection, own),
                    new KeyId(identity.name(), askedWith).toString(),
                    own,
                    Instant.ofEpochSecond(now.plus(valid).getEpochSecond()));
            Outbox.put(connection, KeyChange.certificate(record, identity));
            return record;
        });
        byte[] unsigned = unsigned(facts, identity.name(), key, now.minus(BACKDATED));
        byte[] blob = new WireWriter().raw(unsigned).string(signature(unsigned)).toBytes();
        String base64 = Base64.getEncoder().encodeToString(blob);
        return new Issued.Signed(
                key.type().certificateName() + " " + base64 + " " + identity.name() + "-" + facts.serial(), facts);
    }

    private byte[] unsigned(CertificateRecord facts, String principal, KeyBlob key, Instant from) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return new WireWriter()
                .string(key.type().certificateName())
                .string(nonce)
                .raw(key.fields())
                .uint64(facts.serial())
                .uint32(Certificate.USER)
                .string(facts.keyId())
                .string(new WireWriter().string(principal).toBytes())
                .uint64(from.getEpochSecond())
                .uint64(facts.expires().getEpochSecond())
                .string("") // no critical options
                .string("") // no extensions: what is allowed is decided here, for each request
                .string("") // reserved
                .string(KeyBlob.ofLine(authority.publicLine()).bytes())
                .toBytes();
    }

    private byte[] signature(byte[] data) {
        return new WireWriter()
                .string(KeyType.ED25519.sshName())
                .string(authority.sign(data))
                .toBytes();
    }
}
