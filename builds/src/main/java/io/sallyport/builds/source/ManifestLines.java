package io.sallyport.builds.source;

import java.io.IOException;
import java.util.Arrays;

/** The lines of a manifest up to the empty one, which must be its end. For one thread. */
final class ManifestLines {
    /** Two paths, as long as they may be, and the other fields. */
    private static final int LONGEST = 3 * 4096;

    private final ByteWindow in;
    private final byte[] line = new byte[LONGEST];
    private long number;

    /** Reads a stream, which remains the caller's. */
    ManifestLines(ByteWindow in) {
        this.in = in;
    }

    /** How many lines have been read. */
    long number() {
        return number;
    }

    /** Reads the first line, which is to be this one. */
    void expect(String first) throws IOException {
        if (!(read() + "\n").equals(first)) {
            throw wrong("it does not begin with the line '" + first.strip() + "'");
        }
    }

    /** The next line without its end; the empty one is the last. */
    String next() throws IOException {
        String text = read();
        if (text.isEmpty() && in.hasMore()) {
            throw wrong("there are bytes after its end");
        }
        return text;
    }

    /** What is said of a line that makes no sense: the one that was read last. */
    Unacceptable wrong(String how) {
        return wrong(number, how);
    }

    /** What is said of a line that makes no sense. */
    static Unacceptable wrong(long number, String how) {
        return Unacceptable.damaged("line " + number + " of the manifest: " + how);
    }

    /** Its end must be there: a manifest that was cut off is none. */
    private String read() throws IOException {
        number++;
        int length = 0;
        while (in.hasMore()) {
            int from = in.offset();
            int end = from;
            int most = from + Math.min(in.available(), LONGEST - length);
            while (end < most && in.bytes()[end] != '\n') {
                end++;
            }
            System.arraycopy(in.bytes(), from, line, length, end - from);
            length += end - from;
            if (end < most) {
                in.skip(end - from + 1L);
                return Names.utf8(Arrays.copyOf(line, length)).orElseThrow(() -> wrong("it is not UTF-8"));
            }
            in.skip(end - from);
            if (length == LONGEST) {
                throw wrong("it is longer than " + LONGEST + " bytes");
            }
        }
        throw wrong("it ends here, without an empty line");
    }
}
