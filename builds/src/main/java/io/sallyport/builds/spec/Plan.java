package io.sallyport.builds.spec;

import java.util.List;

/**
 * What a spec asks for, resolved: nothing is left to look up.
 *
 * @param jobs in the order in which they are shown; at least one
 */
public record Plan(List<JobSpec> jobs) {
    /** Makes a plan. */
    public Plan {
        jobs = List.copyOf(jobs);
    }
}
