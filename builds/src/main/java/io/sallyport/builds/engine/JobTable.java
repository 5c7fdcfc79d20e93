package io.sallyport.builds.engine;

import io.sallyport.builds.Job;
import io.sallyport.builds.store.BuildStore.JobUpdate;
import io.sallyport.builds.store.BuildStore.Left;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The jobs of a build as they are, and which steps of theirs have not been recorded yet. For one thread at a time. */
final class JobTable {
    private final List<Job> jobs;
    private final List<JobUpdate> steps = new ArrayList<>();

    JobTable(List<Job> recorded) {
        this.jobs = new ArrayList<>(recorded);
    }

    int size() {
        return jobs.size();
    }

    Job get(int index) {
        return jobs.get(index);
    }

    /** All of them, in the order of the plan. */
    List<Job> all() {
        return Collections.unmodifiableList(jobs);
    }

    void step(int index, Job job) {
        step(index, job, Optional.empty());
    }

    void step(int index, Job job, Optional<Left> left) {
        jobs.set(index, job);
        steps.add(new JobUpdate(index, job, left));
    }

    /** What is to be recorded; stays until it is. */
    List<JobUpdate> steps() {
        return List.copyOf(steps);
    }

    void recorded() {
        steps.clear();
    }
}
