package io.sallyport.client.source;

import java.util.Optional;

/**
 * One line of a file of patterns, as gitignore(5) has it; a character for each byte.
 *
 * @param glob without what the other parts say
 * @param negated whether it takes back what others have ignored
 * @param folders whether it is for folders alone
 * @param whole whether it is matched with the whole path below its file's folder, not with the name alone
 */
record IgnorePattern(String glob, boolean negated, boolean folders, boolean whole) {
    /** The pattern on a line; empty for a comment and a blank line. */
    static Optional<IgnorePattern> of(String line) {
        String text = withoutBlanks(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        boolean negated = text.startsWith("!");
        text = negated ? text.substring(1) : text;
        boolean folders = text.endsWith("/") && !text.endsWith("\\/");
        text = folders ? text.substring(0, text.length() - 1) : text;
        boolean whole = text.contains("/");
        text = text.startsWith("/") ? text.substring(1) : text;
        return text.isEmpty() ? Optional.empty() : Optional.of(new IgnorePattern(text, negated, folders, whole));
    }

    /** Blanks at the end do not count unless a backslash is before them. */
    private static String withoutBlanks(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            if (end > 1 && line.charAt(end - 2) == '\\') {
                break;
            }
            end--;
        }
        return line.substring(0, end);
    }

    /**
     * Whether the pattern speaks of it.
     *
     * @param path below the folder of the pattern's file
     */
    boolean matches(String path, boolean folder) {
        if (folders && !folder) {
            return false;
        }
        return whole
                ? new Wildcards(glob, path, true).match()
                : new Wildcards(glob, path.substring(path.lastIndexOf('/') + 1), false).match();
    }
}
