package io.sallyport.handlers.plan;

import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In which round each job of a plan can start at the earliest, from 1: when those it waits for have ended. */
final class Rounds {
    private final Map<String, Integer> byJob = new HashMap<>();
    private final Map<String, JobSpec> jobs = new HashMap<>();
    private final Map<String, List<JobSpec>> byStage = new HashMap<>();
    private final Map<String, Integer> before = new HashMap<>();
    private final List<String> stages;

    Rounds(Plan plan) {
        this.stages = plan.stages();
        for (JobSpec job : plan.jobs()) {
            jobs.put(job.name(), job);
            byStage.computeIfAbsent(job.stage(), stage -> new ArrayList<>()).add(job);
        }
        // Stage by stage: a job waits for none of a later one.
        int last = 0;
        for (String stage : stages) {
            before.put(stage, last);
            for (JobSpec job : byStage.getOrDefault(stage, List.of())) {
                last = Math.max(last, settled(job));
            }
        }
    }

    int of(String job) {
        return byJob.getOrDefault(job, 1);
    }

    /** Without recursion: within a stage, needs may go on for as long as there are jobs. */
    private int settled(JobSpec first) {
        List<JobSpec> open = new ArrayList<>(List.of(first));
        while (!open.isEmpty()) {
            JobSpec job = open.getLast();
            Optional<JobSpec> next = needs(job).stream()
                    .filter(need -> !byJob.containsKey(need.job()))
                    .flatMap(need -> Optional.ofNullable(jobs.get(need.job())).stream())
                    .findFirst();
            if (next.isPresent() && open.size() <= jobs.size()) {
                open.add(next.get());
            } else {
                open.removeLast();
                byJob.put(job.name(), 1 + latest(job));
            }
        }
        return of(first.name());
    }

    private int latest(JobSpec job) {
        if (job.flow().needs().isEmpty()) {
            return before.getOrDefault(job.stage(), 0);
        }
        return needs(job).stream().mapToInt(need -> of(need.job())).max().orElse(0);
    }

    private static List<Flow.Need> needs(JobSpec job) {
        return job.flow().needs().orElse(List.of());
    }
}
