package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one build that run, each on a virtual thread of its own, which tells the build by a message what has come of it.
 * For the thread that hears the build's messages.
 */
final class RunningJobs {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJobs.class);

    private final Workings workings;
    private final long build;
    private final BuildLogbook log;
    private final Map<Integer, StopSignal> stops = new HashMap<>();

    /** None yet; {@code log} is the build's. */
    RunningJobs(Workings workings, long build, BuildLogbook log) {
        this.workings = workings;
        this.build = build;
        this.log = log;
    }

    /**
     * What jobs are run of.
     *
     * @param budget of what all of them may keep
     */
    record Work(Build build, Plan plan, JobTable jobs, ArtifactBudget budget) {}

    boolean none() {
        return stops.isEmpty();
    }

    boolean has(int index) {
        return stops.containsKey(index);
    }

    /** One has told that it is over. */
    void ended(int index) {
        stops.remove(index);
    }

    /** Asks one to end, if it runs. */
    void stop(int index, StopSignal.Stop why) {
        Optional.ofNullable(stops.get(index)).ifPresent(stop -> stop.raise(why));
    }

    /** Asks all to end. */
    void stopAll(StopSignal.Stop why) {
        stops.values().forEach(stop -> stop.raise(why));
    }

    /** Lets one begin. */
    void launch(int index, Work work) throws IOException {
        JobRun run = run(index, work);
        Thread.ofVirtual().name(name(index)).start(() -> carryOut(index, run));
    }

    /** Looks for what an earlier gateway has begun of a job. */
    void seek(int index, Work work) throws IOException {
        Job job = work.jobs().get(index);
        String executor = workings.parts().executor().name();
        Optional<Printed> printed = Printed.of(workings.parts().logs().of(build), job, executor);
        JobRun run = run(index, work);
        Thread.ofVirtual().name(name(index)).start(() -> goOn(index, run, printed));
    }

    private String name(int index) {
        return "build-" + build + "-" + index;
    }

    private JobRun run(int index, Work work) throws IOException {
        Job job = work.jobs().get(index);
        StopSignal stop = new StopSignal(workings.settings().stopGrace());
        JobLog output = new JobLog(log.open(), job.name());
        JobSpec spec = work.plan().jobs().get(index);
        stops.put(index, stop);
        return new JobRun(
                workings.parts(),
                work.build(),
                index,
                spec,
                job,
                output,
                stop,
                work.budget(),
                Inputs.of(work.plan(), spec),
                workings.settings().afterScript(),
                workings.rooms());
    }

    private void goOn(int index, JobRun run, Optional<Printed> printed) {
        Message message = new Message.Ended(index, Attempt.of(Verdict.of(JobState.ERRORED, "the gateway failed")));
        try {
            message = run.resume(workings.timer(), printed)
                    .<Message>map(attempt -> new Message.Ended(index, attempt))
                    .orElseGet(() -> new Message.Vanished(index));
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("job {} of build {} failed in the gateway", index, build, e);
        } finally {
            workings.live().post(build, message);
        }
    }

    private void carryOut(int index, JobRun run) {
        Attempt attempt = Attempt.of(Verdict.of(JobState.ERRORED, "the gateway failed"));
        try {
            attempt = run.run(workings.timer());
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("job {} of build {} failed in the gateway", index, build, e);
        } finally {
            workings.live().post(build, new Message.Ended(index, attempt));
        }
    }
}
