package io.sallyport.client.source;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest in its four words: a folder has many of them, and few are ever shown. */
record Sha256(long first, long second, long third, long fourth) {
    /** How many bytes it has. */
    static final int BYTES = 32;

    /** That of which these are the bytes. */
    static Sha256 of(byte[] bytes) {
        return read(ByteBuffer.wrap(bytes), 0);
    }

    /** The one that is in a buffer. */
    static Sha256 read(ByteBuffer bytes, int at) {
        return new Sha256(
                bytes.getLong(at),
                bytes.getLong(at + Long.BYTES),
                bytes.getLong(at + 2 * Long.BYTES),
                bytes.getLong(at + 3 * Long.BYTES));
    }

    /** Appends its bytes. */
    void write(ByteBuffer bytes) {
        bytes.putLong(first).putLong(second).putLong(third).putLong(fourth);
    }

    /** 64 hexadecimal digits. */
    String hex() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        write(bytes);
        return HexFormat.of().formatHex(bytes.array());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256(long a, long b, long c, long d)
                && a == first
                && b == second
                && c == third
                && d == fourth;
    }

    /** What makes one. */
    static MessageDigest maker() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
