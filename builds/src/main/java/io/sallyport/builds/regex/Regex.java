package io.sallyport.builds.regex;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as pipelines have them: the notation of RE2, with look-ahead besides. A search takes time in
 * proportion to the length of the text and that of the pattern, and gives up where both are very large, so that a
 * pattern from a stranger does no harm. Immutable; any thread.
 */
public final class Regex {
    /** The longest pattern, in characters. */
    public static final int LONGEST = 4096;

    private final Node pattern;
    private volatile @Nullable Program program; // not made before it is needed

    private Regex(Node pattern) {
        this.pattern = pattern;
    }

    /** What became of a pattern. */
    public sealed interface Reading {
        /** It can be searched for. */
        record Valid(Regex regex) implements Reading {}

        /**
         * It cannot.
         *
         * @param offset of the character of the pattern at which it goes wrong, from 0
         * @param reason in words
         */
        record Invalid(int offset, String reason) implements Reading {}
    }

    /** What became of a search. */
    public sealed interface Search {
        /**
         * The first place where the pattern matches.
         *
         * @param start of the match, from 0
         * @param end behind it
         * @param group what the pattern's first group has matched
         */
        record Found(int start, int end, Optional<String> group) implements Search {}

        /** It matches nowhere. */
        record Absent() implements Search {}

        /** The text and the pattern are too large together, or nothing is left of the effort; nothing is known. */
        record TooCostly() implements Search {}
    }

    /**
     * Reads a pattern.
     *
     * @param pattern without slashes around it
     * @param flags any of {@code i} (letters of either case), {@code m} (^ and $ at each line), {@code s} (the dot matches
     *     line ends, too), {@code U} (repetitions are lazy)
     */
    public static Reading read(String pattern, String flags) {
        if (pattern.length() > LONGEST) {
            return new Reading.Invalid(LONGEST, "it is longer than " + LONGEST + " characters");
        }
        try {
            RegexParser parser = new RegexParser(pattern, flags);
            Node parsed = parser.parse();
            Extent.check(parsed);
            return new Reading.Valid(new Regex(parsed));
        } catch (Fault fault) {
            return new Reading.Invalid(fault.offset(), fault.reason());
        }
    }

    /** Looks for the first place where it matches; one search alone. */
    public Search search(String text) {
        return search(text, new Effort(Long.MAX_VALUE));
    }

    /**
     * Looks for the first place where it matches.
     *
     * @param all what this search and others may take, all together
     */
    public Search search(String text, Effort all) {
        return search(text, 0, all);
    }

    /** The same, from an offset on; what stands before it is there for {@code ^} and word boundaries. */
    public Search search(String text, int from, Effort all) {
        return all.isSpent() ? new Search.TooCostly() : new Machine(program(all), text, all).search(from);
    }

    private Program program(Effort all) {
        Program made = program;
        if (made == null) {
            made = Program.of(pattern);
            program = made;
            all.take(made.size());
        }
        return made;
    }
}
