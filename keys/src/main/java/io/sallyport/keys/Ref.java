package io.sallyport.keys;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A branch or a tag.
 *
 * @param kind which of the two
 * @param name without what tells the kind
 */
public record Ref(Kind kind, String name) {
    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}]+");

    /** What a ref can be, and how its full name begins. */
    public enum Kind {
        /** A branch. */
        BRANCH("refs/heads/"),
        /** A tag. */
        TAG("refs/tags/");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * Reads what somebody has written: {@code main} and {@code refs/heads/main} are the same branch, {@code refs/tags/v1} is a
     * tag. Empty when there is no name, or it has blanks or control characters in it, as no ref of git's has.
     */
    public static Optional<Ref> parse(String text) {
        Kind kind = text.startsWith(Kind.TAG.prefix) ? Kind.TAG : Kind.BRANCH;
        String name = text.startsWith(kind.prefix) ? text.substring(kind.prefix.length()) : text;
        return NAME.matcher(name).matches() ? Optional.of(new Ref(kind, name)) : Optional.empty();
    }

    /** With what tells the kind, for both of them. */
    String full() {
        return kind.prefix + name;
    }

    /** The one way in which it is written in records: a branch by its name alone, a tag by its full name. */
    @Override
    public String toString() {
        return switch (kind) {
            case BRANCH -> parse(name).filter(this::equals).isPresent() ? name : full();
            case TAG -> full();
        };
    }
}
