package io.sallyport.builds;

/**
 * A branch or a tag, as a submitter names it: {@code main} and {@code refs/heads/main} are the branch main, {@code
 * refs/tags/v1} is the tag v1.
 *
 * @param kind of the ref
 * @param name without {@code refs/…/}
 */
public record GitRef(Kind kind, String name) {
    private static final String BRANCHES = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    /** What a ref is. */
    public enum Kind {
        /** It moves with each commit. */
        BRANCH,
        /** It stays. */
        TAG
    }

    /** The ref of that name. */
    public static GitRef parse(String text) {
        if (text.startsWith(TAGS)) {
            return new GitRef(Kind.TAG, text.substring(TAGS.length()));
        }
        return new GitRef(Kind.BRANCH, text.startsWith(BRANCHES) ? text.substring(BRANCHES.length()) : text);
    }
}
