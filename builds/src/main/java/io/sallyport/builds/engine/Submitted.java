package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.store.BuildStore;
import java.util.List;
import java.util.Optional;

/** What became of a submission. */
public sealed interface Submitted {
    /**
     * Source and record are on disk.
     *
     * @param build as queued, or as an earlier submission with the same idempotency key has left it
     * @param fresh false for the latter
     * @param superseded older builds whose place it takes
     * @param ref that the submission was for, as far as it was known or found out
     */
    record Accepted(Build build, boolean fresh, List<BuildStore.Superseded> superseded, Optional<String> ref)
            implements Submitted {}

    /** Nothing of it is kept. */
    record Refused(Refusal refusal) implements Submitted {}
}
