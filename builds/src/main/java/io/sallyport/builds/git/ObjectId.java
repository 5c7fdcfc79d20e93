package io.sallyport.builds.git;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The name of an object: its SHA-1, then {@code c} has four bytes and {@code d} none, or its SHA-256. */
record ObjectId(long a, long b, long c, long d) {
    /** The name of that many bytes, 20 or 32, from an offset on. */
    static ObjectId of(byte[] bytes, int offset, int length) {
        byte[] whole = new byte[4 * Long.BYTES];
        System.arraycopy(bytes, offset, whole, 0, length);
        ByteBuffer buffer = ByteBuffer.wrap(whole);
        return new ObjectId(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** The name of 40 or 64 hexadecimal digits. */
    static ObjectId parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return of(bytes, 0, bytes.length);
    }
}
