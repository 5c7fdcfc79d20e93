package io.sallyport.builds.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A header block of a tar: POSIX ustar and pax (IEEE 1003.1 pax, "ustar Interchange Format"), GNU tar, V7 tar and
 * star.
 *
 * @param name bytes of the path, with the ustar prefix
 * @param mode permission bits
 * @param size bytes of the body, from 0
 * @param modified seconds since 1970, possibly negative
 * @param type the type flag
 * @param target bytes of the link's target
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as read, never compared
record TarHeader(byte[] name, long mode, long size, long modified, char type, byte[] target) {
    /** Bytes of a block; everything in a tar begins at a multiple of it. */
    static final int BLOCK = 512;

    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;

    /** Reads a block that is not all zeros. */
    static TarHeader read(byte[] block) throws Unacceptable {
        if (!checksumFits(block)) {
            throw Unacceptable.damaged("the checksum of a header is wrong");
        }
        long size = number(block, 124, 12);
        if (size < 0) {
            throw Unacceptable.damaged("a negative size");
        }
        return new TarHeader(
                name(block),
                number(block, 100, 8),
                size,
                number(block, 136, 12),
                (char) (block[156] & 0xff),
                text(block, 157, 100));
    }

    /** Whether the block's own sum, of its bytes with or without their sign, is the one that it says. */
    static boolean checksumFits(byte[] block) {
        if (block.length < BLOCK) {
            return false;
        }
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH ? (byte) ' ' : block[i];
            unsigned += b & 0xff;
            signed += b;
        }
        try {
            long said = number(block, CHECKSUM, CHECKSUM_LENGTH);
            return said == unsigned || said == signed;
        } catch (Unacceptable e) {
            return false;
        }
    }

    /** Whether the block says to be of ustar or GNU tar. */
    static boolean saysTar(byte[] block) {
        return block.length > 262 && new String(block, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    }

    private static byte[] name(byte[] block) {
        byte[] name = text(block, 0, 100);
        boolean posix = saysTar(block) && block[262] == 0;
        // star keeps times behind a shorter prefix, and marks it at the block's end.
        boolean star = new String(block, 508, 4, StandardCharsets.ISO_8859_1).equals("tar\0");
        byte[] prefix = posix ? text(block, 345, star ? 131 : 155) : new byte[0];
        if (prefix.length == 0) {
            return name;
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        whole[prefix.length] = '/';
        System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
        return whole;
    }

    /** The bytes of a field up to its NUL. */
    static byte[] text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** A number in octal digits between blanks and NULs, or GNU's: binary, marked by the highest bit. */
    private static long number(byte[] block, int from, int length) throws Unacceptable {
        return (block[from] & 0x80) != 0 ? binary(block, from, length) : octal(block, from, length);
    }

    private static long octal(byte[] block, int from, int length) throws Unacceptable {
        int at = from;
        int end = from + length;
        while (at < end && isBlank(block[at])) {
            at++;
        }
        while (end > at && isBlank(block[end - 1])) {
            end--;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = block[at] - '0';
            if (digit < 0 || digit > 7) {
                throw Unacceptable.damaged("a header has a malformed number");
            }
            value = value * 8 + digit;
        }
        return value;
    }

    private static boolean isBlank(byte b) {
        return b == 0 || b == ' ';
    }

    private static long binary(byte[] block, int from, int length) throws Unacceptable {
        boolean negative = (block[from] & 0x40) != 0;
        // The mark is not part of the number: it is replaced by one more bit of the sign.
        long value = negative ? block[from] : block[from] & 0x7f;
        for (int i = from + 1; i < from + length; i++) {
            if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
                throw Unacceptable.damaged("a header has a number that is too large");
            }
            value = (value << 8) | (block[i] & 0xff);
        }
        return value;
    }
}
