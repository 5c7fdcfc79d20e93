package io.sallyport.builds.spec;

import io.sallyport.builds.plan.Plan;
import java.util.List;

/** What became of the text of a spec. */
public sealed interface SpecResult {
    /** It can be run. */
    record Accepted(Plan plan) implements SpecResult {}

    /**
     * It has errors.
     *
     * @param errors all of them, up to a bound, in the order of their places; at least one
     */
    record Rejected(List<SpecError> errors) implements SpecResult {}
}
