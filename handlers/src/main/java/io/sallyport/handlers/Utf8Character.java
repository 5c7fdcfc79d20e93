package io.sallyport.handlers;

import java.nio.ByteBuffer;

/** A character in UTF-8 beyond ASCII, taken together byte by byte; only the forms of RFC 3629, section 4, are taken. */
final class Utf8Character {
    private int codePoint;
    private int missing;
    private int lowest; // of the next byte
    private int highest;
    private boolean begun;

    /** Whether bytes were added, and not cleared since. */
    boolean begun() {
        return begun;
    }

    boolean complete() {
        return begun && missing == 0;
    }

    int codePoint() {
        return codePoint;
    }

    boolean continuesWith(int b) {
        return b >= lowest && b <= highest;
    }

    void clear() {
        begun = false;
    }

    /** Adds a byte that begins a character, or one that {@link #continuesWith} allows; false when it can do neither. */
    boolean add(int b) {
        if (!begun) {
            return begin(b);
        }
        codePoint = codePoint << 6 | (b & 0x3f);
        missing--;
        expect(0x80, 0xbf);
        return true;
    }

    private boolean begin(int lead) {
        if (lead < 0xc2 || lead > 0xf4) {
            return false;
        }
        begun = true;
        missing = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        codePoint = lead & (0x3f >> missing);
        // Neither longer forms than needed, nor surrogates, nor anything beyond U+10FFFF.
        switch (lead) {
            case 0xe0 -> expect(0xa0, 0xbf);
            case 0xed -> expect(0x80, 0x9f);
            case 0xf0 -> expect(0x90, 0xbf);
            case 0xf4 -> expect(0x80, 0x8f);
            default -> expect(0x80, 0xbf);
        }
        return true;
    }

    private void expect(int from, int to) {
        lowest = from;
        highest = to;
    }

    /** Writes a character of at least U+0080. */
    static void put(int codePoint, ByteBuffer out) {
        if (codePoint < 0x800) {
            out.put((byte) (0xc0 | codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                out.put((byte) (0xe0 | codePoint >> 12));
            } else {
                out.put((byte) (0xf0 | codePoint >> 18));
                out.put((byte) (0x80 | (codePoint >> 12 & 0x3f)));
            }
            out.put((byte) (0x80 | (codePoint >> 6 & 0x3f)));
        }
        out.put((byte) (0x80 | (codePoint & 0x3f)));
    }
}
