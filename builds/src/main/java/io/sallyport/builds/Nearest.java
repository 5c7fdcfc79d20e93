package io.sallyport.builds;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody most likely meant. */
public final class Nearest {
    /** Longer words are not compared, which bounds the work that a stranger's word can cause. */
    private static final int LONGEST = 200;

    private static final int SHORTEST_PREFIX = 3;

    private Nearest() {}

    /**
     * The known word nearest to the given one by letters left out, put in, replaced or swapped with their neighbour,
     * upper and lower case being the same; else a word that it is the beginning of (three letters at least). Empty
     * when none is close: a third of the letters may be wrong, three at most. Words equally close are told apart
     * by the alphabet, so the answer does not depend on the collection's order. From any thread.
     *
     * @param word as it was given; nothing is near to one of more than 200 characters
     * @param known the words that would have been right
     */
    public static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .map(candidate -> new Candidate(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance <= tolerance(wanted, candidate.word))
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
                .map(Candidate::word)
                .or(() -> beginningWith(wanted, known));
    }

    /**
     * The known word that the given one becomes by one letter left out, put in, replaced or swapped with its neighbour;
     * empty when there is none, or it is a known word itself. From any thread.
     *
     * @param word as it was given, in lower case
     * @param known the words that it may have been meant to be
     */
    public static Optional<String> slip(String word, Collection<String> known) {
        return word.length() > LONGEST || known.contains(word)
                ? Optional.empty()
                : known.stream()
                        .filter(candidate -> distance(word, candidate) == 1)
                        .min(Comparator.naturalOrder());
    }

    private static Optional<String> beginningWith(String wanted, Collection<String> known) {
        return known.stream()
                .filter(word -> wanted.length() >= SHORTEST_PREFIX
                        && word.toLowerCase(Locale.ROOT).startsWith(wanted))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    /** A word of one or two letters has at most one wrong, and never all of them. */
    private static int tolerance(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        return Math.min(Math.min(3, (longer + 1) / 3), longer - 1);
    }

    /** The optimal string alignment distance: Levenshtein's, with the swap of two neighbours as one step. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 3) {
            return Integer.MAX_VALUE;
        }
        int[] twoAbove = new int[b.length() + 1];
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
                if (swapped(a, i, b, j)) {
                    row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
                }
            }
            int[] free = twoAbove;
            twoAbove = above;
            above = row;
            row = free;
        }
        return above[b.length()];
    }

    private static boolean swapped(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }

    private record Candidate(String word, int distance) {}
}
