package io.sallyport.builds.spec.rule;

import io.sallyport.builds.spec.yaml.Shown;
import java.util.Optional;

/**
 * {@code only} and {@code except}; also of jobs that have neither.
 *
 * @param only what must hold
 * @param except what must not
 * @param branchesAndTags whether a job that names no refs is for branches and tags alone
 */
public record Policies(Optional<Policy> only, Optional<Policy> except, boolean branchesAndTags) implements Admission {
    @Override
    public Decision decide(Situation situation) {
        boolean refs = only.map(policy -> policy.refs().isPresent()).orElse(false);
        if (branchesAndTags && !refs && !isBranchOrTag(situation)) {
            return new Decision.Out("it is for branches and tags: it names no other refs");
        }
        if (only.isPresent() && !only.get().all(situation)) {
            return new Decision.Out(Shown.sentence("only: " + only.get().described()));
        }
        if (except.isPresent() && except.get().any(situation)) {
            return new Decision.Out(Shown.sentence("except: " + except.get().described()));
        }
        String why = only.map(policy -> "only: " + policy.described())
                .or(() -> except.map(policy -> "not except: " + policy.described()))
                .orElse(Decision.NO_RULES);
        return new Decision.In(Shown.sentence(why), Optional.empty());
    }

    private static boolean isBranchOrTag(Situation situation) {
        return situation.variables().value("CI_COMMIT_BRANCH").isPresent()
                || situation.variables().value("CI_COMMIT_TAG").isPresent();
    }
}
