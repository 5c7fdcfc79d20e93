package io.sallyport.keys;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which projects a grant covers: {@code *} alone for every project, a full name, or a name whose segments (parted by
 * {@code /}) may be {@code *} for exactly one whole segment, as in {@code team/*}.
 *
 * @param text as written
 */
public record ProjectGlob(String text) {
    /** Every project. */
    public static final ProjectGlob EVERY = new ProjectGlob("*");

    private static final String SEGMENT = "(?:\\*|[a-z0-9][a-z0-9._-]*)";
    private static final Pattern FORM = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*");

    private static final int LONGEST = 100;

    /** Reads a glob of at most 100 characters; empty when the text is none. */
    public static Optional<ProjectGlob> parse(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches()
                ? Optional.of(new ProjectGlob(text))
                : Optional.empty();
    }

    /** Whether the project's name is covered. */
    public boolean matches(String project) {
        if (text.equals("*")) {
            return true;
        }
        String[] wanted = text.split("/", -1);
        String[] actual = project.split("/", -1);
        if (wanted.length != actual.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(actual[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
