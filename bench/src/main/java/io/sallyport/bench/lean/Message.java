package io.sallyport.bench.lean;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** A message in the making, of the data types of RFC 4251, section 5. */
final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    Message number(int type) {
        bytes.write(type);
        return this;
    }

    Message flag(boolean value) {
        return number(value ? 1 : 0);
    }

    Message integer(int value) {
        return number(value >>> 24).number(value >>> 16).number(value >>> 8).number(value);
    }

    Message string(byte[] value) {
        return integer(value.length).raw(value);
    }

    Message string(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A positive number. */
    Message mpint(byte[] magnitude) {
        return string(new BigInteger(1, magnitude).toByteArray());
    }

    Message raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
