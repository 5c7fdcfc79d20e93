package io.sallyport.builds.engine;

import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a build has ended.
 *
 * @param state an end
 * @param reason where there is more to say
 */
record Outcome(BuildState state, Optional<String> reason) {
    static Outcome of(BuildState state, String reason) {
        return new Outcome(state, Optional.of(reason));
    }

    /** Of a build whose jobs have all ended: the first that failed and counts decides; else whether one was canceled. */
    static Outcome of(List<Job> jobs) {
        Optional<Job> fault = jobs.stream()
                .filter(job -> job.state().failed() && !job.terms().allowFailure())
                .min(Comparator.comparing(job -> job.course().finished().orElse(Instant.MAX)));
        if (fault.isPresent()) {
            return new Outcome(state(fault.get().state()), Optional.of(told(fault.get())));
        }
        Optional<Job> canceled =
                jobs.stream().filter(job -> job.state() == JobState.CANCELED).findFirst();
        return canceled.isPresent()
                ? new Outcome(BuildState.CANCELED, canceled.get().reason())
                : new Outcome(BuildState.SUCCEEDED, Optional.empty());
    }

    private static String told(Job job) {
        return "job " + job.name() + ": " + job.reason().orElse(job.state().label());
    }

    private static BuildState state(JobState fault) {
        return switch (fault) {
            case FAILED -> BuildState.FAILED;
            case TIMEDOUT -> BuildState.TIMEDOUT;
            case ERRORED -> BuildState.ERRORED;
            case QUEUED, MANUAL, DELAYED, RUNNING, SUCCEEDED, CANCELED, SKIPPED ->
                throw new IllegalArgumentException(fault + " is no failure");
        };
    }
}
