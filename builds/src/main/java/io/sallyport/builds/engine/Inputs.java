package io.sallyport.builds.engine;

import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose artifacts a job finds in its workspace: those of the jobs that it needs, else of all in the stages before its own;
 * of these only its {@code dependencies}, where it names some.
 */
final class Inputs {
    private Inputs() {}

    /** The names of these jobs in the order of the plan, in which a later one's files replace an earlier one's. */
    static List<String> of(Plan plan, JobSpec job) {
        Set<String> before = new HashSet<>();
        if (job.flow().needs().isPresent()) {
            job.flow().needs().get().stream().filter(Flow.Need::artifacts).forEach(need -> before.add(need.job()));
        } else {
            int stage = plan.stages().indexOf(job.stage());
            plan.jobs().stream()
                    .filter(other -> plan.stages().indexOf(other.stage()) < stage)
                    .forEach(other -> before.add(other.name()));
        }
        job.flow().dependencies().ifPresent(before::retainAll);
        return plan.jobs().stream().map(JobSpec::name).filter(before::contains).toList();
    }
}
