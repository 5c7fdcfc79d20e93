package io.sallyport.builds.git;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.Refusal.NotFetched.Why;
import java.io.IOException;

/**
 * A fetch comes to nothing, and why. It travels as an exception because it is found deep inside streams; at the door of
 * the package it becomes the {@link Refusal} that it carries, or one with the repository's address.
 */
final class GitFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Cause why;

    /** What it becomes. */
    private sealed interface Cause {
        record Known(Refusal refusal) implements Cause {}

        record OfRepository(Why why, String words) implements Cause {}
    }

    private GitFailure(String words, Cause why) {
        super(words);
        this.why = why;
    }

    /** It has come to this. */
    static GitFailure of(Refusal refusal) {
        return new GitFailure(refusal.toString(), new Cause.Known(refusal));
    }

    /** It is the repository's, or the way there is at fault. */
    static GitFailure of(Why why, String words) {
        return new GitFailure(words, new Cause.OfRepository(why, words));
    }

    /** What came is not what the protocol says. */
    static GitFailure malformed(String how) {
        return of(Why.FAILED, "what it sends is no git: " + how);
    }

    static GitFailure tooLarge(String what, long limit) {
        return of(new Refusal.TooLarge(what, limit));
    }

    Refusal refusal(String url) {
        return switch (why) {
            case Cause.Known known -> known.refusal();
            case Cause.OfRepository(Why reason, String words) -> new Refusal.NotFetched(url, reason, words);
        };
    }
}
