package io.sallyport.builds.mask;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds all of many patterns in one pass over bytes (Aho and Corasick, "Efficient string matching", 1975). A state stands
 * for the longest end of what was read that is a pattern's beginning. Takes about 17 bytes of memory for each byte of
 * the patterns (21 where many of them go on differently after the same beginning), and 1 KiB for each byte that one begins with, and for
 * each beginning after which more than {@value #MANY} bytes may come. Immutable; any thread.
 */
final class Automaton {
    /** Nothing of any pattern has been read. */
    static final int START = Trie.EMPTY;

    private static final int BYTES = 256;
    private static final int MANY = 8;
    private static final int NONE = 0;

    private final Trie trie;
    private final int[] fail; // by state: the next longest end that is a pattern's beginning
    private final int[] near; // by row and byte, for states where much time is spent or many bytes go on
    private final int[]
            rows; // by state: its row, where it has one; none at all where no state has; a shallow one's is its number
    private final int shallow;

    /** Patterns are 1 to 65,535 bytes long. */
    Automaton(List<byte[]> patterns) {
        trie = new Trie(patterns);
        shallow = trie.shallow();
        int[] wide = IntStream.range(shallow, trie.count())
                .filter(state -> trie.isWider(state, MANY))
                .toArray();
        rows = new int[wide.length == 0 ? 0 : trie.count()];
        for (int i = 0; i < wide.length; i++) {
            rows[wide[i]] = shallow + i;
        }
        near = new int[(shallow + wide.length) * BYTES];
        for (int state = START; state < shallow; state++) {
            fill(state, START, state);
        }
        fail = new int[trie.count()];
        link();
    }

    /** What follows a state in its row: as after another one, but for what is known of it itself. */
    private void fill(int row, int other, int state) {
        for (int each = 0; each < BYTES; each++) {
            near[row * BYTES + each] = next(other, each);
        }
        for (int next = trie.first(state); next != Trie.EMPTY; next = trie.next(next)) {
            near[row * BYTES + trie.last(next)] = next;
        }
    }

    /** The shallow first: a state's link leads to one that is less deep. */
    private void link() {
        int[] queue = new int[trie.count()];
        int end = 0;
        for (int first = 1; first < shallow; first++) {
            queue[end++] = first;
        }
        for (int at = 0; at < end; at++) {
            int state = queue[at];
            for (int next = trie.first(state); next != Trie.EMPTY; next = trie.next(next)) {
                fail[next] = next(fail[state], trie.last(next));
                trie.endsLike(next, fail[next]);
                queue[end++] = next;
            }
            if (state >= shallow && row(state) != NONE) {
                fill(row(state), fail[state], state);
            }
        }
    }

    /** The state after a further byte, 0 to 255. Takes constant time in the mean over all that is read. */
    int next(int state, int each) {
        int from = state;
        while (from >= shallow) {
            int row = row(from);
            if (row != NONE) {
                return near[row * BYTES + each];
            }
            int next = trie.child(from, (byte) each);
            if (next != Trie.EMPTY) {
                return next;
            }
            from = fail[from];
        }
        return near[from * BYTES + each];
    }

    private int row(int state) {
        return rows.length == 0 ? NONE : rows[state];
    }

    /** Whether a pattern begins with the byte, 0 to 255. */
    boolean begins(int each) {
        return near[each] != START;
    }

    /** How many of the bytes read last may be the beginning of a pattern that is longer. */
    int depth(int state) {
        return trie.depth(state);
    }

    /** How many of the bytes read last are a pattern, the longest of those; 0 when there is none. */
    int match(int state) {
        return trie.match(state);
    }

    /** The length of the longest pattern. */
    int longest() {
        return trie.longest();
    }
}
