package io.sallyport.keys;

import java.time.Clock;
import java.util.Optional;

/**
 * Says whom a key or certificate stands for when it is presented, and, at any time after, whether it still does.
 * Answers from memory, so it can be asked on an I/O thread and for each request. May be used from any thread.
 */
public final class CredentialCheck {
    private static final String LOCKED = "this identity is locked";
    private static final String REMOVED = "this key has been removed";

    private final IdentityStore identities;
    private final AuthorityStore authorities;
    private final Revocations revocations;
    private final Clock clock;

    /** Asks these. */
    public CredentialCheck(IdentityStore identities, AuthorityStore authorities, Revocations revocations, Clock clock) {
        this.identities = identities;
        this.authorities = authorities;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Looks at what a client presents (RFC 4252, section 7; OpenSSH's PROTOCOL.certkeys).
     *
     * @param algorithm that it names for the signature
     * @param blob key or certificate
     * @param source the client's address in numbers, without port
     */
    public Presented present(String algorithm, byte[] blob, String source) {
        return Certificate.isOne(blob) ? certificate(algorithm, blob, source) : key(algorithm, blob, source);
    }

    /** The same is done for every key, known or not: how long it takes must not tell. */
    private Presented key(String algorithm, byte[] blob, String source) {
        return KeyBlob.presented(blob)
                .map(key -> acceptable(standing(key, source), key, Optional.empty(), algorithm, false))
                .orElseGet(() -> new Presented.Refused(
                        Fingerprint.of(blob).toString(), Optional.empty(), "a key of no type that is accepted"));
    }

    private Presented certificate(String algorithm, byte[] blob, String source) {
        Certificate certificate;
        try {
            certificate = Certificate.read(blob);
        } catch (WireReader.Malformed e) {
            return new Presented.Refused("", Optional.empty(), "malformed certificate: " + e.reason());
        }
        CertificateRecord facts = new CertificateRecord(
                certificate.serial(),
                certificate.keyId(),
                certificate.authority().fingerprint().toString(),
                certificate.end());
        KeyBlob key = certificate.key();
        Optional<String> fault = distrust(facts.authority())
                .or(() -> CertificateCheck.fault(certificate, source, clock.instant()))
                .map(reason -> "certificate: " + reason);
        if (fault.isPresent()) {
            return refused(key, Optional.of(facts), fault.get());
        }
        boolean verification = certificate.critical().containsKey("verify-required");
        Standing standing = standing(certificate.principals().getFirst(), key, facts);
        return acceptable(standing, key, Optional.of(facts), algorithm, verification);
    }

    private static Presented acceptable(
            Standing standing, KeyBlob key, Optional<CertificateRecord> facts, String algorithm, boolean verification) {
        Optional<String> signature = key.type().signatureFor(algorithm, facts.isPresent());
        if (signature.isEmpty()) {
            return refused(key, facts, "signature algorithm");
        }
        return switch (standing) {
            case Standing.Unknown unknown -> refused(key, facts, unknown.reason());
            case Standing.Known known when known.principal().identity().locked() -> refused(key, facts, LOCKED);
            case Standing.Known known -> {
                Identity identity = known.principal().identity();
                boolean verify = verification || identity.verifyRequired();
                yield new Presented.Acceptable(identity.name(), key, facts, signature.get(), verify);
            }
        };
    }

    /**
     * Who somebody is at this moment who was let in as an identity.
     *
     * @param source their address in numbers, without port
     */
    public Standing standing(String identity, Proof proof, String source) {
        Standing standing = proof.certificate()
                .map(facts -> standing(identity, proof.key(), facts))
                .orElseGet(
                        () -> isRemoved(proof.key()) ? new Standing.Unknown(REMOVED) : standing(proof.key(), source));
        if (!(standing instanceof Standing.Known known)) {
            return standing;
        }
        Identity now = known.principal().identity();
        if (!now.name().equals(identity)) {
            return new Standing.Unknown(REMOVED);
        }
        return now.verifyRequired() && !proof.userVerified()
                ? new Standing.Unknown(identity + " must log in with a security key that verifies its user")
                : standing;
    }

    /** Why somebody who was let in would not be let in now, in words for them; empty when they would. */
    public Optional<String> objection(String identity, Proof proof, String source) {
        return switch (standing(identity, proof, source)) {
            case Standing.Unknown unknown -> Optional.of(unknown.reason());
            case Standing.Known known -> known.principal().identity().locked() ? Optional.of(LOCKED) : Optional.empty();
        };
    }

    private boolean isRemoved(KeyBlob key) {
        return identities.key(key.fingerprint().toString()).isEmpty();
    }

    private Standing standing(KeyBlob key, String source) {
        Standing standing = identities.standing(key.fingerprint().toString(), source);
        return revocations.revokes(key) ? new Standing.Unknown("this key has been revoked") : standing;
    }

    private Standing standing(String name, KeyBlob key, CertificateRecord certificate) {
        // A deploy key is a key, and nothing else: a certificate would do without the bounds of one.
        Optional<Principal> principal = identities.principal(
                name, new Credential(key.fingerprint().toString(), Optional.of(certificate), Optional.empty()));
        if (principal.isEmpty()) {
            return new Standing.Unknown("there is no identity of this name");
        }
        return fault(name, key, certificate)
                .<Standing>map(Standing.Unknown::new)
                .orElseGet(() -> new Standing.Known(principal.get()));
    }

    private Optional<String> fault(String name, KeyBlob key, CertificateRecord certificate) {
        Optional<Authority> authority = authorities.find(certificate.authority());
        Optional<String> distrust = distrust(certificate.authority());
        if (distrust.isPresent() || authority.isEmpty()) {
            return distrust;
        }
        if (!clock.instant().isBefore(certificate.expires())) {
            return Optional.of("this certificate has expired");
        }
        return revocations
                .revokes(certificate, key, authority.get().key())
                .map(reason -> "this certificate has been revoked: " + reason)
                .or(() -> asker(name, certificate));
    }

    /** A certificate of the gateway's own authority holds as long as the key that asked for it. */
    private Optional<String> asker(String name, CertificateRecord certificate) {
        if (!authorities.isOwn(certificate.authority())) {
            return Optional.empty();
        }
        Optional<PublicKeyRecord> asker = KeyId.parse(certificate.keyId())
                .flatMap(id -> identities.key(id.fingerprint()))
                .filter(key -> key.identity().equals(name));
        if (asker.isEmpty()) {
            return Optional.of("the key that asked for this certificate has been removed");
        }
        return revocations.revokes(asker.get().blob())
                ? Optional.of("the key that asked for this certificate has been revoked")
                : Optional.empty();
    }

    private Optional<String> distrust(String authority) {
        return authorities
                        .find(authority)
                        .filter(found -> found.holdsAt(clock.instant()))
                        .isPresent()
                ? Optional.empty()
                : Optional.of("the authority of this certificate is not trusted");
    }

    private static Presented refused(KeyBlob key, Optional<CertificateRecord> facts, String reason) {
        return new Presented.Refused(key.fingerprint().toString(), facts, reason);
    }
}
