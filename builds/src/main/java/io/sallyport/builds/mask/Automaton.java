package io.sallyport.builds.mask;

import java.util.List;

/**
 * Finds all of many patterns in one pass over bytes (Aho and Corasick, "Efficient string matching", 1975). A state stands
 * for the longest end of what was read that is a pattern's beginning. Takes about 17 bytes of memory for each byte of
 * the patterns, and 1 KiB for each byte that one begins with. Immutable; any thread.
 */
final class Automaton {
    /** Nothing of any pattern has been read. */
    static final int START = Trie.EMPTY;

    private static final int BYTES = 256;

    private final Trie trie;
    private final int[] fail; // by state: the next longest end that is a pattern's beginning
    private final int[] near; // by state and byte, for those states where most of the time is spent
    private final int shallow;

    /** Patterns are 1 to 65,535 bytes long. */
    Automaton(List<byte[]> patterns) {
        trie = new Trie(patterns);
        shallow = trie.shallow();
        near = new int[shallow * BYTES];
        for (int state = START; state < shallow; state++) {
            System.arraycopy(near, 0, near, state * BYTES, BYTES);
            for (int next = trie.first(state); next != Trie.EMPTY; next = trie.next(next)) {
                near[state * BYTES + trie.last(next)] = next;
            }
        }
        fail = new int[trie.count()];
        link();
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
        }
    }

    /** The state after a further byte, 0 to 255. Takes constant time in the mean over all that is read. */
    int next(int state, int each) {
        int from = state;
        while (from >= shallow) {
            int next = trie.child(from, (byte) each);
            if (next != Trie.EMPTY) {
                return next;
            }
            from = fail[from];
        }
        return near[from * BYTES + each];
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
