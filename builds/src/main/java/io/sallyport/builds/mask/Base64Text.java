package io.sallyport.builds.mask;

/**
 * Reads a stream as base64, in either alphabet (RFC 4648, sections 4 and 5), also when it is broken into lines. Where a
 * group of four characters begins cannot be known: all four ways are read.
 */
final class Base64Text {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte NONE = -1;
    private static final byte BREAK = -2;
    private static final byte[] VALUES = values();
    private static final int GROUP = 4;

    private final Trace[] traces;
    private final boolean[] mayBegin = new boolean[64]; // by value: some of its bits may be the first of a pattern
    private int run; // characters without anything else between
    private int last;
    private long lastAt;
    private int brokenBy; // the kind of break before this place

    /** Reads on by four traces. */
    Base64Text(Automaton automaton, Spans spans) {
        traces = new Trace[GROUP];
        for (int i = 0; i < GROUP; i++) {
            traces[i] = new Trace(automaton, spans);
        }
        for (int each = 0; each < 256; each++) {
            if (automaton.begins(each)) {
                mayBegin[each >> 2] = true;
                for (int value = 0; value < mayBegin.length; value++) {
                    mayBegin[value] |= (value & 0xf) == each >> 4 || (value & 0x3) == each >> 6;
                }
            }
        }
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        java.util.Arrays.fill(values, NONE);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        values['-'] = values['+'];
        values['_'] = values['/'];
        values['\n'] = BREAK;
        values['\r'] = BREAK;
        return values;
    }

    void read(int each, long at) {
        int value = VALUES[each];
        if (value < 0) {
            pause(each, value);
            return;
        }
        brokenBy = 0;
        if (run > 0) {
            trace(1).read((last << 2 | value >> 4) & 0xff, lastAt, at + 1);
            trace(2).read((last << 4 | value >> 2) & 0xff, lastAt, at + 1);
            trace(3).read((last << 6 | value) & 0xff, lastAt, at + 1);
        }
        run++;
        last = value;
        lastAt = at;
    }

    /** The trace for which this is so many characters behind the first of a group. */
    private Trace trace(int behind) {
        return traces[(run - behind) & (GROUP - 1)];
    }

    /** A line may be broken, by either character or both; an empty line is the end of what is written in base64. */
    private void pause(int each, int value) {
        if (run > 0 && (value == NONE || (each == '\n' && brokenBy == '\n') || (each == '\r' && brokenBy != 0))) {
            for (Trace trace : traces) {
                trace.reset();
            }
            run = 0;
        }
        brokenBy = each;
    }

    /** Where what may be a pattern's beginning begins, when that is at least so many bytes of it. */
    long begin(int least) {
        long begin = least == 0 && run > 0 && mayBegin[last] ? lastAt : Trace.NOWHERE;
        for (Trace trace : traces) {
            if (trace.depth() >= Math.max(least, 1)) {
                begin = Math.min(begin, trace.begin());
            }
        }
        return begin;
    }
}
