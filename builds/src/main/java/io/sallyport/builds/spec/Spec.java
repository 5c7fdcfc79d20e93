package io.sallyport.builds.spec;

import io.sallyport.builds.spec.job.Draft;
import io.sallyport.builds.spec.job.Globals;
import io.sallyport.builds.spec.rule.Decision;
import io.sallyport.builds.spec.rule.Rule;
import java.util.List;
import java.util.Optional;

/**
 * A spec with all its parts put together, before it is decided what of it is part of a build.
 *
 * @param globals what it says for all jobs, with what its workflow has changed
 * @param workflow whether there is a build at all; empty when it says nothing of that
 * @param jobs that it has, as written
 * @param open whether files are included that cannot be followed
 */
record Spec(Globals globals, Optional<Decision> workflow, List<Draft> jobs, boolean open) {
    /** Why there is no build. */
    Optional<String> refused() {
        return workflow.flatMap(
                decision -> decision instanceof Decision.Out out ? Optional.of(out.why()) : Optional.empty());
    }

    /** The rule of the workflow that has decided for a build. */
    Optional<Rule> rule() {
        return workflow.flatMap(decision -> decision instanceof Decision.In in ? in.rule() : Optional.empty());
    }
}
