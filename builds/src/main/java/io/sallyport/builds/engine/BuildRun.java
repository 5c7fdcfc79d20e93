package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.evidence.Notary;
import io.sallyport.builds.log.LogWriter;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.database.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One build while it runs: its jobs in order, then its end in record and log. */
final class BuildRun {
    private static final Logger LOG = LoggerFactory.getLogger(BuildRun.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int TRIES = 60;

    private final EngineParts parts;
    private final EngineSettings settings;
    private final ScheduledExecutorService timer;
    private final StopSignal stop;
    private final Build build;
    private final Plan plan;

    BuildRun(EngineParts parts, EngineSettings settings, ScheduledExecutorService timer, Build build, Plan plan) {
        this.parts = parts;
        this.settings = settings;
        this.timer = timer;
        this.build = build;
        this.plan = plan;
        this.stop = new StopSignal(settings.stopGrace());
    }

    StopSignal stop() {
        return stop;
    }

    /** Runs it to its end, or until the engine shuts down. The answer is its record. */
    Build run() throws InterruptedException {
        Build running = stubbornly(() -> parts.builds().move(build.id(), BuildState.RUNNING, Optional.empty(), now()));
        LOG.info("build started build={} project={}", build.id(), build.project());
        LogWriter log;
        try {
            log = parts.logs().of(build.id()).writer();
        } catch (IOException e) {
            LOG.error("log of build {} cannot be written", build.id(), e);
            return record(Verdict.of(BuildState.ERRORED, "its log cannot be written: " + e.getMessage()));
        }
        try (log) {
            return run(running, log);
        }
    }

    private Build run(Build running, LogWriter log) throws InterruptedException {
        Verdict verdict = jobs(running, log);
        boolean shutdown = stop.raised().orElse(null) instanceof StopSignal.Shutdown;
        if (shutdown && verdict.state() == BuildState.ERRORED) {
            say(log, "the gateway goes down; this build starts anew when it is back");
            LOG.info("build queued again build={} project={}", build.id(), build.project());
            return stubbornly(() -> parts.builds().requeue(build.id(), false));
        }
        return end(log, verdict);
    }

    private Verdict jobs(Build running, LogWriter log) throws InterruptedException {
        try {
            log.system(0, "build " + build.id() + " of " + build.project() + ", submitted by " + build.submittedBy());
            for (JobSpec job : plan.jobs()) {
                Job record = running.jobs().stream()
                        .filter(candidate -> candidate.name().equals(job.name()))
                        .findFirst()
                        .orElseThrow();
                Verdict verdict = new JobRun(
                                parts,
                                running,
                                job,
                                record,
                                new JobLog(log, job.name()),
                                stop,
                                settings.artifactBytes())
                        .run(timer);
                if (verdict.state() != BuildState.SUCCEEDED) {
                    return verdict;
                }
            }
            return new Verdict(BuildState.SUCCEEDED, java.util.OptionalInt.empty(), Optional.empty());
        } catch (IOException | DatabaseException e) {
            LOG.error("build {} errored", build.id(), e);
            return Verdict.of(BuildState.ERRORED, "the gateway's storage failed: " + e.getMessage());
        }
    }

    /** The record first: it is what counts. A log without its end is ended when it is next read. */
    private Build end(LogWriter log, Verdict verdict) throws InterruptedException {
        say(log, "build " + build.id() + " " + verdict.state().label());
        Build ended = record(verdict);
        try {
            log.end(verdict.state());
        } catch (IOException e) {
            LOG.error("log of build {} failed", build.id(), e);
        }
        return ended;
    }

    private Build record(Verdict verdict) throws InterruptedException {
        Build ended = stubbornly(() -> {
            Instant now = now();
            return parts.builds()
                    .end(build.id(), verdict.state(), verdict.reason(), now, evidence(verdict.state(), now));
        });
        LOG.info(
                "build ended build={} project={} state={}",
                build.id(),
                build.project(),
                verdict.state().label());
        return ended;
    }

    /** Of a build whose project has been removed meanwhile there is none: nobody can ask for it. */
    private Optional<Evidence> evidence(BuildState state, Instant finished) {
        if (!Notary.vouchesFor(state)) {
            return Optional.empty();
        }
        return parts.builds().build(build.id()).map(record -> {
            BuildStore.SpecText spec = parts.builds().spec(build.id()).orElseThrow();
            return parts.notary()
                    .of(record, state, finished, parts.builds().artifacts(build.id()), spec.file(), spec.text());
        });
    }

    private void say(LogWriter log, String line) {
        try {
            log.system(0, line);
            log.sync();
        } catch (IOException e) {
            LOG.error("log of build {} failed", build.id(), e);
        }
    }

    /** A full disk may have room again soon: what cannot be recorded is tried again for a minute. */
    private Build stubbornly(Supplier<Build> change) throws InterruptedException {
        for (int left = TRIES; ; left--) {
            try {
                return change.get();
            } catch (DatabaseException e) {
                LOG.error("cannot record the state of build {}, {} tries left", build.id(), left, e);
                if (left == 0) {
                    throw e;
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }

    private Instant now() {
        return parts.clock().instant().truncatedTo(ChronoUnit.MILLIS); // as precise as the record
    }
}
