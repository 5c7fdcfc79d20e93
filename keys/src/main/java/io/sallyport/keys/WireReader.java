package io.sallyport.keys;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the types of RFC 4251, section 5, from bytes of which nothing is believed. */
final class WireReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    WireReader(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    /** The bytes are not what they should be. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        /** What is wrong, in words for a log. */
        String reason() {
            return reason;
        }
    }

    boolean hasMore() {
        return position < end;
    }

    /** How many bytes have been read. */
    int position() {
        return position;
    }

    /** All bytes that have been read so far. */
    byte[] consumed() {
        return Arrays.copyOf(bytes, position);
    }

    int uint8(String what) throws Malformed {
        return take(Byte.BYTES, what).get() & 0xff;
    }

    int uint32(String what) throws Malformed {
        return take(Integer.BYTES, what).getInt();
    }

    long uint64(String what) throws Malformed {
        return take(Long.BYTES, what).getLong();
    }

    byte[] string(String what) throws Malformed {
        int length = uint32(what);
        if (length < 0 || length > end - position) {
            throw cut(what);
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /** All that is left. */
    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, position, end);
        position = end;
        return rest;
    }

    /** A string of valid UTF-8 without control characters. */
    String text(String what) throws Malformed {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(string(what)))
                    .toString();
            if (text.codePoints().anyMatch(Character::isISOControl)) {
                throw new Malformed("a control character in the " + what);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new Malformed("the " + what + " is not UTF-8");
        }
    }

    /** Requires that nothing is left. */
    void requireEnd(String what) throws Malformed {
        if (hasMore()) {
            throw new Malformed("bytes left over after the " + what);
        }
    }

    private ByteBuffer take(int count, String what) throws Malformed {
        if (count > end - position) {
            throw cut(what);
        }
        position += count;
        return ByteBuffer.wrap(bytes, position - count, count);
    }

    private static Malformed cut(String what) {
        return new Malformed("cut off in the " + what);
    }
}
