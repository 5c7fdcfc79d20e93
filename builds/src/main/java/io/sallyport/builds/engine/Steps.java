package io.sallyport.builds.engine;

import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps that the jobs of a build take because of what has become of others, told in its log. */
final class Steps {
    private final long build;
    private final Plan plan;
    private final JobTable jobs;
    private final BuildLogbook log;
    private final Duration manualWait;

    Steps(long build, Plan plan, JobTable jobs, BuildLogbook log, Duration manualWait) {
        this.build = build;
        this.plan = plan;
        this.jobs = jobs;
        this.log = log;
        this.manualWait = manualWait;
    }

    /** Takes all that follow now; the answer is which jobs want a place. */
    List<Integer> follow(Instant now) {
        boolean changed = true;
        List<Integer> ready = new ArrayList<>();
        while (changed) {
            changed = false;
            ready.clear();
            JobGraph graph = new JobGraph(jobs.all());
            for (int index = 0; index < jobs.size(); index++) {
                if (graph.next(index) == JobGraph.Next.READY) {
                    ready.add(index);
                } else {
                    changed |= take(index, graph, now);
                }
            }
        }
        return ready;
    }

    /** Whether nothing happens any more by itself. */
    boolean over() {
        return new JobGraph(jobs.all()).over();
    }

    /** No job that waits is to begin. */
    void drop(JobState how, Optional<String> why, Instant now) {
        for (int index = 0; index < jobs.size(); index++) {
            drop(index, how, why, now);
        }
    }

    /** One job, if it waits, is not to begin. */
    void drop(int index, JobState how, Optional<String> why, Instant now) {
        Job job = jobs.get(index);
        if (!job.state().ended() && job.state() != JobState.RUNNING) {
            jobs.step(index, job.dropped(how, why, now));
        }
    }

    /** What nobody has wanted is not to begin. */
    void dropIdle(Instant now) {
        for (int index = 0; index < jobs.size(); index++) {
            Job job = jobs.get(index);
            String why = job.state() == JobState.MANUAL
                    ? "nobody started it: " + NextCommand.retry(build, job.name())
                    : "what it needs was not started";
            drop(index, JobState.SKIPPED, Optional.of(why), now);
        }
    }

    /** Jobs that others wait for, and that wait for somebody. */
    private Stream<Job> awaitedManual() {
        return jobs.all().stream().filter(job -> job.state() == JobState.MANUAL && JobGraph.holdsUp(job));
    }

    private Stream<Job> delayed() {
        return jobs.all().stream().filter(job -> job.state() == JobState.DELAYED);
    }

    /** When the next thing happens by itself. */
    Optional<Instant> due(Instant now) {
        return Stream.concat(awaitedManual(), delayed())
                .flatMap(job -> job.course().due().stream())
                .filter(due -> due.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /** How a build ends that has waited too long, and for nothing but somebody to start a job. */
    Optional<Outcome> expired(Instant now) {
        if (delayed().findAny().isPresent()) {
            return Optional.empty();
        }
        return awaitedManual()
                .filter(job -> job.course().due().map(due -> !due.isAfter(now)).orElse(false))
                .map(job -> Outcome.of(
                        BuildState.CANCELED, "nobody started " + job.name() + " within " + Elapsed.text(manualWait)))
                .findFirst();
    }

    /** What the build waits for, when it is nothing but persons and times. */
    String waits() {
        Optional<Job> manual = awaitedManual().findFirst();
        return manual.isPresent()
                ? "waits for somebody to start " + manual.get().name() + ", until " + time(manual.get()) + ": "
                        + NextCommand.start(build, manual.get().name())
                : "waits for "
                        + delayed()
                                .map(job -> job.name() + ", which starts at " + time(job))
                                .findFirst()
                                .orElse("nothing");
    }

    private static String time(Job job) {
        return job.course()
                .due()
                .map(due -> due.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("some time");
    }

    private boolean take(int index, JobGraph graph, Instant now) {
        Job job = jobs.get(index);
        return switch (graph.next(index)) {
            case WAIT, READY -> isDue(job, now) && release(index, job);
            case MANUAL -> {
                jobs.step(index, job.manual(now.plus(manualWait)));
                log.say(job.name(), "job " + job.name() + " can be started: " + NextCommand.start(build, job.name()));
                yield true;
            }
            case DELAYED -> {
                Duration delay = plan.jobs().get(index).flow().delay().orElse(Duration.ZERO);
                jobs.step(index, job.delayed(now.plus(delay)));
                log.say(
                        job.name(),
                        "job " + job.name() + " starts at " + time(jobs.get(index)) + "; at once with "
                                + NextCommand.start(build, job.name()));
                yield true;
            }
            case SKIPPED -> {
                String why = graph.whySkipped(index);
                jobs.step(index, job.dropped(JobState.SKIPPED, Optional.of(why), now));
                log.say(job.name(), "job " + job.name() + " skipped: " + why);
                yield true;
            }
        };
    }

    private static boolean isDue(Job job, Instant now) {
        return job.state() == JobState.DELAYED
                && job.course().due().map(due -> !due.isAfter(now)).orElse(true);
    }

    private boolean release(int index, Job job) {
        jobs.step(index, job.release(Optional.empty()));
        return true;
    }
}
