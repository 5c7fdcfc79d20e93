package io.sallyport.builds.spec;

import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.spec.rule.Decision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of the text of a spec. */
public sealed interface SpecResult {
    /**
     * It can be run, unless its plan has no job.
     *
     * @param plan what is to be done
     * @param reasons why each job of the plan is part of it, in words
     */
    record Accepted(Plan plan, Map<String, String> reasons) implements SpecResult {
        /** Keeps the map from changing. */
        public Accepted {
            reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
        }

        /** What has decided that a job of the plan is part of it; empty when nothing was asked. */
        public Optional<String> ruling(String job) {
            return Optional.ofNullable(reasons.get(job)).filter(why -> !why.equals(Decision.NO_RULES));
        }
    }

    /**
     * It has errors.
     *
     * @param errors all of them, up to a bound, in the order of their places; at least one
     */
    record Rejected(List<SpecError> errors) implements SpecResult {}
}
