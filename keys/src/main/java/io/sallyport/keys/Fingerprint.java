package io.sallyport.keys;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * SHA-256 of a public key as it is on the wire (RFC 4253, section 6.6), printed as OpenSSH does. Four numbers take a
 * third of the memory of the text, which counts with a hundred thousand keys.
 */
record Fingerprint(long a, long b, long c, long d) {
    private static final String PREFIX = "SHA256:";
    private static final int TEXT_LENGTH = PREFIX.length() + 43;

    static Fingerprint of(byte[] blob) {
        try {
            return from(MessageDigest.getInstance("SHA-256").digest(blob));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Reads {@code SHA256:} and unpadded base64; empty when it is anything else. */
    static Optional<Fingerprint> parse(String text) {
        if (text.length() != TEXT_LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            Fingerprint read = from(Base64.getDecoder().decode(text.substring(PREFIX.length())));
            return read.toString().equals(text) ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The 32 bytes of the digest itself. */
    static Fingerprint from(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new Fingerprint(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    @Override
    public String toString() {
        byte[] digest = ByteBuffer.allocate(32)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
        return PREFIX + Base64.getEncoder().withoutPadding().encodeToString(digest);
    }
}
