package io.sallyport.builds.engine;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.cache.CacheArea;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.PlaceException;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.mask.Masking;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.secret.JobSecrets;
import io.sallyport.builds.visit.Rooms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a job, from its workspace to its artifacts. Runs on a virtual thread of its own. */
final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    private final EngineParts parts;
    private final Build build;
    private final int index;
    private final JobSpec spec;
    private final Job record;
    private final JobOutput output;
    private final StopSignal stop;
    private final ArtifactBudget budget;
    private final List<String> inputs;
    private final Duration afterScript;
    private final Rooms rooms;
    private final JobWords words;
    private Optional<String> image = Optional.empty();
    private Optional<String> node = Optional.empty();

    /**
     * Of a job that has just become running.
     *
     * @param index of the job in its plan
     * @param record with the number of the attempt
     * @param inputs the jobs whose artifacts it is given, see {@link Inputs}
     * @param afterScript the longest time of what runs after the script
     * @param rooms told when somebody may be let in
     */
    JobRun(
            EngineParts parts,
            Build build,
            int index,
            JobSpec spec,
            Job record,
            JobOutput output,
            StopSignal stop,
            ArtifactBudget budget,
            List<String> inputs,
            Duration afterScript,
            Rooms rooms) {
        this.parts = parts;
        this.build = build;
        this.index = index;
        this.spec = spec;
        this.record = record;
        this.output = output;
        this.stop = stop;
        this.budget = budget;
        this.inputs = inputs;
        this.afterScript = afterScript;
        this.rooms = rooms;
        this.words = new JobWords(record, spec.work(), output);
    }

    /** Carries it out. What goes wrong with the machine is a verdict, too. */
    Attempt run(ScheduledExecutorService timer) throws InterruptedException {
        Instant started = parts.clock().instant();
        try {
            words.begin(parts.executor());
            Attempt attempt = execute(timer);
            end(attempt, started);
            return attempt;
        } catch (IOException e) {
            return errored(e);
        }
    }

    /**
     * Goes on with what a gateway before this one has begun and its executor still has.
     *
     * @param printed what the log has of it; empty where that cannot be told, so that it cannot be gone on with
     * @return empty when nothing is left of it
     */
    Optional<Attempt> resume(ScheduledExecutorService timer, Optional<Printed> printed) throws InterruptedException {
        Instant started = record.course().started().orElseGet(parts.clock()::instant);
        Optional<Attempt> attempt = goOn(timer, printed);
        try {
            if (attempt.isPresent()) {
                end(attempt.get(), started);
            }
            return attempt;
        } catch (IOException e) {
            return Optional.of(lost(e));
        }
    }

    private Optional<Attempt> goOn(ScheduledExecutorService timer, Optional<Printed> printed)
            throws InterruptedException {
        try {
            return behindSecrets(secrets -> resume(timer, secrets, printed));
        } catch (IOException e) {
            return Optional.of(lost(e));
        }
    }

    private Attempt lost(IOException e) {
        tell("is lost", e);
        return Attempt.of(Verdict.lost(String.valueOf(e.getMessage())));
    }

    private void end(Attempt attempt, Instant started) throws IOException {
        boolean shutdown = stop.raised().orElse(null) instanceof StopSignal.Shutdown;
        words.end(
                attempt.verdict(),
                shutdown,
                Duration.between(started, parts.clock().instant()),
                node);
    }

    private JobRequest request(JobSecrets secrets) {
        return JobRequest.of(parts, build, index, spec, record.course().attempt(), inputs, secrets);
    }

    /** Something to be done with a job's secrets. */
    private interface Work {
        Optional<Attempt> with(JobSecrets secrets) throws IOException, InterruptedException;
    }

    private Optional<Attempt> behindSecrets(Work work) throws IOException, InterruptedException {
        JobSecrets secrets = parts.secrets().forJob(build);
        return work.with(secrets).map(attempt -> attempt.behind(secrets.mask()).in(image, node));
    }

    private Attempt execute(ScheduledExecutorService timer) throws IOException, InterruptedException {
        JobSecrets secrets;
        try {
            secrets = parts.secrets().forJob(build);
        } catch (IOException e) {
            return errored(e);
        }
        for (JobSecrets.Withheld withheld : secrets.withheld()) {
            words.withheld(withheld);
        }
        Attempt attempt;
        try {
            attempt = execute(timer, secrets);
        } catch (IOException e) {
            attempt = errored(e);
        }
        return attempt.behind(secrets.mask()).in(image, node);
    }

    private Attempt errored(IOException e) {
        tell("errored", e);
        String reason = String.valueOf(e.getMessage());
        boolean lost = e instanceof PlaceException place && place.isLost();
        return Attempt.of(lost ? Verdict.lost(reason) : Verdict.of(JobState.ERRORED, reason));
    }

    /** To operators, who have nothing of where in the program a spec's mistake, or an engine that is away, came to light. */
    private void tell(String what, IOException e) {
        if (e.getMessage() == null) {
            LOG.warn("build {} job {} {}", build.id(), spec.name(), what, e);
        } else {
            LOG.warn("build {} job {} {}: {}", build.id(), spec.name(), what, e.getMessage());
            LOG.debug("build {} job {} {}", build.id(), spec.name(), what, e);
        }
    }

    private Attempt execute(ScheduledExecutorService timer, JobSecrets secrets)
            throws IOException, InterruptedException {
        JobRequest request = request(secrets);
        Optional<CoverageTap> tap = tap(request, output);
        try (Masking masking =
                        secrets.mask().over(tap.<JobOutput>map(known -> known).orElse(output));
                Tenancy tenancy = new Tenancy(parts.executor().prepare(request.order()))) {
            Run run = tenancy.run();
            image = run.image();
            stop.attach(run);
            for (String path : request.expanded().refused()) {
                output.system("WARNING: path " + path);
            }
            JobOutput masked = masking.output();
            Harvest harvest = harvest(request, masked, tap);
            try {
                JobCaches caches = caches(request.expanded().job(), masked);
                caches.restore(run);
                layInputs(run);
                boolean begins = stop.raised().isEmpty();
                Exit exit = perform(run, request.commands(), masked, timer);
                return leaving(tenancy, request, exit, finish(run, request, exit, begins, masking, harvest, timer));
            } finally {
                stop.detach();
            }
        }
    }

    private Optional<Attempt> resume(ScheduledExecutorService timer, JobSecrets secrets, Optional<Printed> printed)
            throws IOException, InterruptedException {
        JobRequest request = request(secrets);
        Optional<JobOutput> rest = printed.map(known -> known.leftOutOf(output));
        JobOutput left = rest.orElseGet(Unheard::new);
        Optional<CoverageTap> tap = tap(request, left);
        try (Masking masking =
                secrets.mask().over(tap.<JobOutput>map(known -> known).orElse(left))) {
            JobOutput masked = masking.output();
            Harvest harvest = harvest(request, masked, tap);
            Optional<Run> found = parts.executor().recover(request.order(), request.commands(), masked);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (Tenancy tenancy = new Tenancy(found.get())) {
                Run run = tenancy.run();
                if (rest.isEmpty()) {
                    return Optional.empty();
                }
                image = run.image();
                node = run.node();
                stop.attach(run);
                Exit exit = await(run, left(), timer);
                return Optional.of(
                        leaving(tenancy, request, exit, finish(run, request, exit, true, masking, harvest, timer)));
            } finally {
                stop.detach();
            }
        }
    }

    /** Looks at what the log is to have: a number that is hidden there is no coverage. */
    private static Optional<CoverageTap> tap(JobRequest request, JobOutput log) {
        return request.expanded().job().coverage().map(pattern -> new CoverageTap(log));
    }

    private Harvest harvest(JobRequest request, JobOutput masked, Optional<CoverageTap> tap) {
        return new Harvest(parts.blobs(), request.expanded().job(), masked, stop, budget, tap);
    }

    /** What comes after the script. */
    private Attempt finish(
            Run run,
            JobRequest request,
            Exit exit,
            boolean begins,
            Masking masking,
            Harvest harvest,
            ScheduledExecutorService timer)
            throws IOException, InterruptedException {
        JobOutput masked = masking.output();
        if (begins) {
            new AfterScript(
                            new Commands(
                                    spec.work().afterScript(),
                                    request.commands().environment()),
                            afterScript,
                            stop.grace(),
                            masked)
                    .run(run, exit, stop, timer);
        }
        if (!(exit instanceof Exit.Lost)) {
            caches(request.expanded().job(), masked).save(run, exit.equals(new Exit.Code(0)));
        }
        masking.settle();
        return harvest.take(run, verdict(exit));
    }

    /** The place where it has failed is not closed when its submitter wants that to be kept. */
    private Attempt leaving(Tenancy tenancy, JobRequest request, Exit exit, Attempt attempt) {
        boolean failed = switch (attempt.verdict().state()) {
            case FAILED, TIMEDOUT -> !(exit instanceof Exit.Lost);
            case QUEUED, MANUAL, DELAYED, RUNNING, SUCCEEDED, CANCELED, ERRORED, SKIPPED -> false;
        };
        return failed && build.request().keepFailed().isPresent()
                ? attempt.leaving(
                        new Remains(tenancy.handOver(), request.commands().environment()))
                : attempt;
    }

    /** Puts the artifacts of earlier jobs where their own workspaces had them. */
    private void layInputs(Run run) throws IOException, InterruptedException {
        List<Artifact> all = inputs.isEmpty() ? List.of() : parts.builds().artifacts(build.id());
        for (String job : all.isEmpty() ? List.<String>of() : inputs) {
            List<Artifact> left =
                    all.stream().filter(artifact -> artifact.job().equals(job)).toList();
            if (!left.isEmpty()) {
                output.system(left.size() + (left.size() == 1 ? " artifact of " : " artifacts of ") + job);
                try (InputStream tar = Channels.newInputStream(
                        ArtifactsTar.of(left, build.created(), parts.blobs()).open(0))) {
                    run.unpack(StoppableStreams.of(tar, stop::abandoned));
                }
            }
        }
    }

    private JobCaches caches(JobSpec job, JobOutput told) {
        return new JobCaches(
                parts.caches(),
                new JobCaches.Owner(parts.builds().projectOf(build.id()), CacheArea.of(build.trusted())),
                job.caches(),
                told,
                stop::abandoned,
                parts.clock());
    }

    private Exit perform(Run run, Commands commands, JobOutput printed, ScheduledExecutorService timer)
            throws IOException, InterruptedException {
        ScheduledFuture<?> timeout = timeout(spec.work().timeout(), timer);
        try {
            start(run, commands, printed);
            return await(run);
        } finally {
            timeout.cancel(false);
        }
    }

    /** Where it runs is known from then on, also when that has failed. */
    private void start(Run run, Commands commands, JobOutput printed) throws IOException {
        try {
            run.start(commands, printed);
        } finally {
            node = run.node();
        }
    }

    private Exit await(Run run, Duration left, ScheduledExecutorService timer) throws InterruptedException {
        ScheduledFuture<?> timeout = timeout(left, timer);
        try {
            return await(run);
        } finally {
            timeout.cancel(false);
        }
    }

    private ScheduledFuture<?> timeout(Duration left, ScheduledExecutorService timer) {
        return timer.schedule(
                () -> stop.raise(new StopSignal.TimedOut(spec.work().timeout())),
                left.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Of its time, for a job that was begun before. */
    private Duration left() {
        Instant now = parts.clock().instant();
        Duration used = Duration.between(record.course().started().orElse(now), now);
        Duration left = spec.work().timeout().minus(used);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Exit await(Run run) throws InterruptedException {
        rooms.open(build.id(), spec.name(), run, output);
        try {
            return run.await();
        } catch (IOException e) {
            tell("lost", e);
            return new Exit.Lost(String.valueOf(e.getMessage()));
        } finally {
            rooms.shut(build.id(), spec.name());
        }
    }

    private Verdict verdict(Exit exit) {
        return switch (exit) {
            case Exit.Code code when code.code() == 0 -> Verdict.SUCCEEDED;
            case Exit.Code code -> stop.raised().map(Verdict::of).orElseGet(() -> Verdict.code(code.code()));
            case Exit.Stopped stopped ->
                stop.raised().map(Verdict::of).orElseGet(() -> Verdict.of(JobState.ERRORED, "it was stopped"));
            case Exit.Lost lost -> Verdict.lost(lost.reason());
        };
    }
}
