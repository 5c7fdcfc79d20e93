package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a build does that repeats an ended one, all of it or a part. */
sealed interface Repetition {
    /** Asks for all jobs. */
    String ALL = "all";

    /** Asks for what has failed. */
    String FAILED = "failed";

    /**
     * It can be repeated so.
     *
     * @param jobs of the plan in its order; those that need not run again are taken over
     * @param bare jobs of the old build whose artifacts are not kept any more, by which that was decided
     */
    record Possible(Plan plan, List<Job> jobs, Set<String> bare) implements Repetition {}

    /** It cannot. */
    record Impossible(Refusal refusal) implements Repetition {}

    /**
     * Of a build by its plan.
     *
     * @param bare jobs whose artifacts are not kept any more: they run again when one that does needs them
     * @param which {@code all}, {@code failed}, or names of jobs
     * @param queued makes a job that is to run
     */
    static Repetition of(Build old, Plan plan, Set<String> bare, String which, Function<JobSpec, Job> queued) {
        if (which.equals(ALL)) {
            return possible(old, plan, bare, Set.of(), queued);
        }
        if (!old.state().ended()) {
            return new Impossible(new Refusal.NotEnded(old.id()));
        }
        return which.equals(FAILED) ? failed(old, plan, bare, queued) : named(old, plan, bare, which, queued);
    }

    private static Repetition failed(Build old, Plan plan, Set<String> bare, Function<JobSpec, Job> queued) {
        Set<String> failed = old.jobs().stream()
                .filter(job -> job.state().failed() || job.state() == JobState.CANCELED)
                .map(Job::name)
                .collect(Collectors.toSet());
        if (failed.isEmpty()) {
            return new Impossible(new Refusal.NothingFailed(old.id()));
        }
        Set<String> again = new PlanPart(plan).withDependents(failed);
        return possible(old, plan, bare, takenOver(old, plan, again, bare), queued);
    }

    private static Repetition named(
            Build old, Plan plan, Set<String> bare, String which, Function<JobSpec, Job> queued) {
        JobChoice choice = JobChoice.of(which, plan);
        if (choice.unknown().isPresent()) {
            return new Impossible(choice.unknown().get().orNearest(List.of(ALL, FAILED)));
        }
        PlanPart whole = new PlanPart(plan);
        Set<String> kept = whole.withNeeds(choice.names());
        Plan part = whole.of(kept, choice.names());
        Set<String> again = new HashSet<>(without(kept, succeeded(old)));
        again.addAll(choice.names());
        return possible(old, part, bare, takenOver(old, part, new PlanPart(part).withDependents(again), bare), queued);
    }

    /** What has succeeded need not run again, unless what it has left is needed by one that does, and is gone. */
    private static Set<String> takenOver(Build old, Plan plan, Set<String> again, Set<String> bare) {
        Set<String> missing = new HashSet<>(new PlanPart(plan).withNeeds(again));
        missing.retainAll(bare);
        return without(without(succeeded(old), again), missing);
    }

    private static Repetition possible(
            Build old, Plan plan, Set<String> bare, Set<String> takenOver, Function<JobSpec, Job> queued) {
        return new Possible(
                plan,
                plan.jobs().stream()
                        .map(spec -> takenOver.contains(spec.name())
                                ? old.job(spec.name()).orElseThrow().takenOver(old.id())
                                : queued.apply(spec))
                        .toList(),
                bare);
    }

    private static Set<String> succeeded(Build old) {
        return old.jobs().stream()
                .filter(job -> job.state() == JobState.SUCCEEDED)
                .map(Job::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
