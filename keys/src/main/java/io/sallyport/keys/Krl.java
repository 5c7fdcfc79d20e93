package io.sallyport.keys;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key revocation list (OpenSSH's PROTOCOL.krl), read and checked; see {@link KrlReader}.
 *
 * @param version counted by who makes the list; 0 when it is not counted
 * @param generated when it was made, in seconds
 * @param comment of who made it
 * @param keys SHA-256 of each key that is revoked as itself or by that digest
 * @param sha1 the 20 bytes of each SHA-1 that is listed
 * @param certificates the sections on certificates
 * @param signedBy the keys that have signed the list
 */
record Krl(
        long version,
        Instant generated,
        String comment,
        Set<Fingerprint> keys,
        Set<ByteBuffer> sha1,
        List<RevokedCertificates> certificates,
        List<KeyBlob> signedBy) {
    static final long MAGIC = 0x5353484b524c0a00L;
    static final int FORMAT = 1;

    /** The list that revokes nothing, as {@code ssh-keygen -k} writes it. */
    static byte[] empty() {
        return new WireWriter()
                .uint64(MAGIC)
                .uint32(FORMAT)
                .uint64(0) // version
                .uint64(0) // made
                .uint64(0) // flags, of which there are none
                .string("")
                .string("")
                .toBytes();
    }

    /** Whether the key itself is revoked, by itself or by a digest of it. */
    boolean revokes(KeyBlob key) {
        return keys.contains(key.fingerprint()) || (!sha1.isEmpty() && sha1.contains(sha1(key)));
    }

    /** Why a certificate is revoked; empty when it is not. */
    Optional<String> revokes(CertificateRecord certificate, KeyBlob key, KeyBlob authority) {
        if (revokes(key)) {
            return Optional.of("its key has been revoked");
        }
        if (revokes(authority)) {
            return Optional.of("its authority has been revoked");
        }
        Fingerprint signedBy = authority.fingerprint();
        return certificates.stream()
                .flatMap(section -> section.covers(certificate, signedBy).stream())
                .findFirst();
    }

    /** How much it revokes: keys, digests, ranges of serials, single serials of bitmaps, and key ids. */
    int count() {
        return keys.size()
                + sha1.size()
                + certificates.stream().mapToInt(RevokedCertificates::count).sum();
    }

    private static ByteBuffer sha1(KeyBlob key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-1").digest(key.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
