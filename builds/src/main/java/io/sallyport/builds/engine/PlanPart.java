package io.sallyport.builds.engine;

import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of a plan when only some of its jobs are wanted. */
final class PlanPart {
    private final Plan plan;
    private final Map<String, JobSpec> jobs = new HashMap<>();

    PlanPart(Plan plan) {
        this.plan = plan;
        plan.jobs().forEach(job -> jobs.put(job.name(), job));
    }

    /** The jobs and all that they need, not what runs only if somebody wants it or if something fails. */
    Set<String> withNeeds(Set<String> wanted) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(wanted);
        while (!open.isEmpty()) {
            JobSpec job = jobs.get(open.pop());
            if (job != null && all.add(job.name())) {
                before(job).forEach(open::push);
            }
        }
        return all;
    }

    /** The jobs and all that come of them. */
    Set<String> withDependents(Set<String> changed) {
        Set<String> all = new HashSet<>(changed);
        boolean more = true;
        while (more) {
            more = false;
            for (JobSpec job : plan.jobs()) {
                more |= !all.contains(job.name())
                        && before(job).stream().anyMatch(all::contains)
                        && all.add(job.name());
            }
        }
        return all;
    }

    /** The plan of these jobs alone; those of them that are {@code wanted} by name wait for nobody to start them. */
    Plan of(Set<String> kept, Set<String> wanted) {
        List<JobSpec> left = new ArrayList<>();
        List<Plan.LeftOut> leftOut = new ArrayList<>(plan.leftOut());
        for (JobSpec job : plan.jobs()) {
            if (kept.contains(job.name())) {
                left.add(with(job, flow(job.flow(), kept, wanted.contains(job.name()))));
            } else {
                leftOut.add(new Plan.LeftOut(job.name(), job.stage(), "it was not asked for"));
            }
        }
        return new Plan(
                plan.name(),
                left.stream().map(JobSpec::stage).distinct().toList(),
                left,
                leftOut,
                plan.notices(),
                plan.autoCancel());
    }

    /** The jobs that one waits for, but those that nobody has to wait for. */
    private List<String> before(JobSpec job) {
        Optional<List<Flow.Need>> needs = job.flow().needs();
        if (needs.isPresent()) {
            return needs.get().stream().map(Flow.Need::job).toList();
        }
        int stage = plan.stages().indexOf(job.stage());
        return plan.jobs().stream()
                .filter(other -> plan.stages().indexOf(other.stage()) < stage)
                .filter(other -> !optional(other.flow()))
                .map(JobSpec::name)
                .toList();
    }

    private static boolean optional(Flow flow) {
        return flow.when() == Flow.When.ON_FAILURE
                || (flow.when() == Flow.When.MANUAL && flow.allowFailure().any());
    }

    private static Flow flow(Flow usual, Set<String> kept, boolean wanted) {
        return new Flow(
                usual.needs(),
                usual.dependencies()
                        .map(names -> names.stream().filter(kept::contains).toList()),
                wanted && usual.when() == Flow.When.MANUAL ? Flow.When.ON_SUCCESS : usual.when(),
                usual.delay(),
                usual.allowFailure(),
                usual.retry(),
                usual.interruptible(),
                usual.resourceGroup());
    }

    private static JobSpec with(JobSpec job, Flow flow) {
        return new JobSpec(
                job.name(),
                job.stage(),
                job.work(),
                flow,
                job.artifacts(),
                job.reports(),
                job.caches(),
                job.environment(),
                job.coverage());
    }
}
