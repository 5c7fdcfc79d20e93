package io.sallyport.builds.log;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the kept end of a cut log begins: for each job and stream at the start of a line, except that not more than
 * {@link LogRecords#LONGEST} bytes (and the piece they end in) are given up for that.
 */
final class LineCut {
    private final BitSet begun = new BitSet();
    private final Map<Integer, Integer> skipped = new HashMap<>();

    /** How many bytes at the beginning of a piece are to be left out. */
    int skip(Frame frame, byte[] piece) {
        int source = frame.source();
        if (begun.get(source)) {
            return 0;
        }
        if (frame.lineStart()) {
            begun.set(source);
            return 0;
        }
        int given = skipped.getOrDefault(source, 0);
        for (int i = 0; i < frame.length(); i++) {
            if (piece[i] == '\n' || given + i == LogRecords.LONGEST) {
                begun.set(source);
                return piece[i] == '\n' ? i + 1 : i;
            }
        }
        skipped.put(source, given + frame.length());
        return frame.length();
    }
}
