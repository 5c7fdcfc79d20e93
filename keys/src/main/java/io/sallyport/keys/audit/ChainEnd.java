package io.sallyport.keys.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A place in the chain: right after a record.
 *
 * @param sequence of the record, from 1; 0 before the first
 * @param hash of the record: SHA-256 over the bytes of its line without the line feed, in hex
 */
public record ChainEnd(long sequence, String hash) {
    /** Before the first record. */
    static final ChainEnd START = new ChainEnd(0, "0".repeat(64));

    /** The place after a record. */
    static ChainEnd after(long sequence, byte[] line) {
        return new ChainEnd(sequence, HexFormat.of().formatHex(sha256().digest(line)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
