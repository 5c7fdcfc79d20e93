package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Refusal;

/** What became of a submission. */
public sealed interface Submitted {
    /**
     * Source and record are on disk.
     *
     * @param build as queued, or as an earlier submission with the same idempotency key has left it
     * @param fresh false for the latter
     */
    record Accepted(Build build, boolean fresh) implements Submitted {}

    /** Nothing of it is kept. */
    record Refused(Refusal refusal) implements Submitted {}
}
