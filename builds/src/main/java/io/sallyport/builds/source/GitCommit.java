package io.sallyport.builds.source;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of the commit that {@code git archive} notes in what it makes: in a tar the comment of a global pax header,
 * in a zip the comment of the archive (git's documentation of {@code git-get-tar-commit-id}).
 */
final class GitCommit {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private GitCommit() {}

    /** The comment if it is such an id, of SHA-1 or SHA-256. */
    static Optional<String> parse(String comment) {
        return ID.matcher(comment).matches() ? Optional.of(comment) : Optional.empty();
    }
}
