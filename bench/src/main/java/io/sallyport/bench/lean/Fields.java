package io.sallyport.bench.lean;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The fields of a message that has come, of the data types of RFC 4251, section 5. */
final class Fields {
    private final ByteBuffer bytes;

    Fields(byte[] message) {
        this.bytes = ByteBuffer.wrap(message);
    }

    int number() {
        return bytes.get() & 0xff;
    }

    int integer() {
        return bytes.getInt();
    }

    byte[] string() {
        byte[] value = new byte[bytes.getInt()];
        bytes.get(value);
        return value;
    }

    String text() {
        return new String(string(), StandardCharsets.UTF_8);
    }

    Fields skip(int count) {
        bytes.position(bytes.position() + count);
        return this;
    }
}
