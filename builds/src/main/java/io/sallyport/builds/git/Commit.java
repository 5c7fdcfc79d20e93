package io.sallyport.builds.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.Refusal.NotFetched.Why;
import io.sallyport.builds.git.Objects.Located;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commit that has been fetched.
 *
 * @param id its whole id
 * @param tree the id of its root folder
 * @param time when it was made
 */
record Commit(String id, ObjectId tree, Instant time) {
    private static final int LARGEST = 4 << 20;
    private static final int MOST_TAGS = 8;
    private static final Pattern TREE = Pattern.compile("tree ([0-9a-f]{40}|[0-9a-f]{64})\n");
    private static final Pattern TAGGED = Pattern.compile("object ([0-9a-f]{40}|[0-9a-f]{64})\n");
    private static final Pattern TIME = Pattern.compile("^committer .*> (\\d{1,12}) [+-]\\d{4}$", Pattern.MULTILINE);

    /** The one that an id stands for, itself or by way of a tag. */
    static Commit read(Objects objects, String id) throws IOException {
        String at = id;
        for (int tags = 0; tags <= MOST_TAGS; tags++) {
            Located found = objects.find(ObjectId.parse(at))
                    .orElseThrow(() -> GitFailure.malformed("the pack lacks what was asked for"));
            switch (found.type()) {
                case COMMIT -> {
                    return commit(at, text(objects, found));
                }
                case TAG -> at = group(TAGGED, text(objects, found));
                case TREE, BLOB -> throw GitFailure.of(Why.NO_REF, id + " is no commit");
            }
        }
        throw GitFailure.malformed("a tag of a tag, and so on");
    }

    private static Commit commit(String id, String text) throws GitFailure {
        int end = text.indexOf("\n\n");
        Matcher time = TIME.matcher(end < 0 ? text : text.substring(0, end));
        return new Commit(
                id,
                ObjectId.parse(group(TREE, text)),
                time.find() ? Instant.ofEpochSecond(Long.parseLong(time.group(1))) : Instant.EPOCH);
    }

    private static String text(Objects objects, Located object) throws IOException {
        return new String(objects.bytes(object, LARGEST), UTF_8);
    }

    private static String group(Pattern pattern, String text) throws GitFailure {
        return Optional.of(pattern.matcher(text))
                .filter(Matcher::lookingAt)
                .map(matcher -> matcher.group(1))
                .orElseThrow(() -> GitFailure.malformed("a commit or tag that is none"));
    }
}
