package io.sallyport.keys;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which branches and tags: a name in which {@code *} stands for any characters within a segment (segments are parted
 * by {@code /}), also none, and {@code **} for any characters at all, as in {@code main}, {@code v*} or
 * {@code feature/**}. One that begins with {@code refs/} speaks of full names, and so of branches alone ({@code
 * refs/heads/}) or tags alone ({@code refs/tags/}); any other, of both.
 *
 * @param text as written
 */
public record RefGlob(String text) {
    private static final int LONGEST = 256;
    private static final int LONGEST_REF = 1024;
    private static final String FULL = "refs/";
    private static final Pattern FORM = Pattern.compile("[^\\s,\\p{Cntrl}]+");

    /** Reads a glob of at most 256 characters, without blanks and commas; empty when the text is none. */
    public static Optional<RefGlob> parse(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches()
                ? Optional.of(new RefGlob(text))
                : Optional.empty();
    }

    /** Whether one of the globs covers the ref. */
    public static boolean any(Collection<RefGlob> globs, Ref ref) {
        return globs.stream().anyMatch(glob -> glob.covers(ref));
    }

    /** Whether the ref is covered. Takes time with the product of both lengths at most, whatever they are. */
    public boolean covers(Ref ref) {
        return matches(text.startsWith(FULL) ? ref.full() : ref.name());
    }

    /** Whether the ref is covered, and by more than that it is one: {@code *} and {@code refs/heads/**} name none. */
    boolean names(Ref ref) {
        String said = text.startsWith(FULL) ? text.replaceFirst("^refs/[^/]*/?", "") : text;
        return covers(ref) && said.chars().anyMatch(c -> c != '*' && c != '/');
    }

    private boolean matches(String ref) {
        if (ref.length() > LONGEST_REF) {
            return false;
        }
        boolean[] reached = new boolean[ref.length() + 1]; // how much of the name what was read of the glob can cover
        reached[0] = true;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '*') {
                boolean across = at + 1 < text.length() && text.charAt(at + 1) == '*';
                at += across ? 1 : 0;
                star(reached, ref, across);
            } else {
                literal(reached, ref, text.charAt(at));
            }
        }
        return reached[ref.length()];
    }

    private static void star(boolean[] reached, String ref, boolean across) {
        for (int i = 0; i < ref.length(); i++) {
            if (reached[i] && (across || ref.charAt(i) != '/')) {
                reached[i + 1] = true;
            }
        }
    }

    private static void literal(boolean[] reached, String ref, char wanted) {
        for (int i = ref.length(); i > 0; i--) {
            reached[i] = reached[i - 1] && ref.charAt(i - 1) == wanted;
        }
        reached[0] = false;
    }

    @Override
    public String toString() {
        return text;
    }
}
