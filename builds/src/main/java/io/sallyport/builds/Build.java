package io.sallyport.builds;

import io.sallyport.builds.source.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A build as its record has it.
 *
 * @param id rising, never used twice
 * @param project the name of its project
 * @param state where it is in its life
 * @param reason why it is in that state, where there is more to say
 * @param request what was asked for
 * @param submittedBy the identity that asked
 * @param trusted whether it is of a protected ref, and was submitted by somebody who may submit to such
 * @param source what is built
 * @param canceledBy the identity on whose word it ends or ended
 * @param supersededBy the newer build that took its place
 * @param created when it was accepted
 * @param started when it began
 * @param finished when it ended
 * @param jobs in the order of the plan
 * @param artifactCount how many artifacts its jobs have left
 * @param artifactBytes the sum of their sizes
 */
public record Build(
        long id,
        String project,
        BuildState state,
        Optional<String> reason,
        BuildRequest request,
        String submittedBy,
        boolean trusted,
        Source source,
        Optional<String> canceledBy,
        Optional<Long> supersededBy,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> finished,
        List<Job> jobs,
        long artifactCount,
        long artifactBytes) {
    /** The job of that name. */
    public Optional<Job> job(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /** The labels that select builds. */
    public SortedMap<String, String> labels() {
        return request.labels();
    }
}
