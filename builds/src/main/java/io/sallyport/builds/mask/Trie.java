package io.sallyport.builds.mask;

import java.util.Arrays;
import java.util.List;

/** Beginnings of patterns as numbers: each knows those that are a byte longer. 0 is the empty one; one byte long come next. */
final class Trie {
    static final int EMPTY = 0;

    private byte[] label; // by beginning: its last byte, the first of those a byte longer, the next as long, its length
    private int[] child;
    private int[] sibling;
    private char[] depth;
    private char[] match;
    private int count = 1;
    private int shallow;
    private int longest;

    /** Patterns are 1 to 65,535 bytes long. */
    Trie(List<byte[]> patterns) {
        int most = 1 + patterns.stream().mapToInt(pattern -> pattern.length).sum();
        label = new byte[most];
        child = new int[most];
        sibling = new int[most];
        depth = new char[most];
        match = new char[most];
        patterns.forEach(pattern -> grow(EMPTY, pattern[0]));
        shallow = count;
        patterns.forEach(this::add);
        label = Arrays.copyOf(label, count);
        child = Arrays.copyOf(child, count);
        sibling = Arrays.copyOf(sibling, count);
        depth = Arrays.copyOf(depth, count);
        match = Arrays.copyOf(match, count);
    }

    private void add(byte[] pattern) {
        int at = EMPTY;
        for (byte each : pattern) {
            at = grow(at, each);
        }
        match[at] = (char) pattern.length;
        longest = Math.max(longest, pattern.length);
    }

    private int grow(int from, byte each) {
        int known = child(from, each);
        if (known != EMPTY) {
            return known;
        }
        int made = count++;
        label[made] = each;
        depth[made] = (char) (depth[from] + 1);
        sibling[made] = child[from];
        child[from] = made;
        return made;
    }

    /** The beginning with that byte more; {@link #EMPTY} when there is none. */
    int child(int of, byte each) {
        int at = child[of];
        while (at != EMPTY && label[at] != each) {
            at = sibling[at];
        }
        return at;
    }

    /** Whether there are more than so many that are a byte longer. */
    boolean isWider(int of, int many) {
        int left = many;
        int at = child[of];
        while (at != EMPTY && left > 0) {
            at = sibling[at];
            left--;
        }
        return at != EMPTY;
    }

    /** The first of those a byte longer; {@link #EMPTY} when there is none. */
    int first(int of) {
        return child[of];
    }

    /** The next that is a byte longer than the same; {@link #EMPTY} after the last. */
    int next(int at) {
        return sibling[at];
    }

    /** The last byte, 0 to 255. */
    int last(int at) {
        return label[at] & 0xff;
    }

    /** How much of its end can go on. */
    int depth(int at) {
        return depth[at];
    }

    /** The length of the longest pattern that it ends with; 0 when there is none. */
    int match(int at) {
        return match[at];
    }

    /** What another ends with it ends with too, and goes on as that does when it does not by itself. */
    void endsLike(int at, int other) {
        if (match[at] == 0) {
            match[at] = match[other];
        }
        if (child[at] == EMPTY) {
            depth[at] = depth[other];
        }
    }

    int count() {
        return count;
    }

    /** How many are at most one byte long. */
    int shallow() {
        return shallow;
    }

    int longest() {
        return longest;
    }
}
