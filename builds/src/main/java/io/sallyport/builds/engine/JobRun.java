package io.sallyport.builds.engine;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.Project;
import io.sallyport.builds.cache.CacheArea;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.mask.Masking;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.secret.JobSecrets;
import io.sallyport.builds.variable.ExpandedJob;
import io.sallyport.builds.variable.Expansion;
import io.sallyport.builds.variable.PredefinedVariables;
import io.sallyport.builds.variable.WorkspacePath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job of a build, from its workspace to its artifacts. Runs on the build's virtual thread. */
final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    private final EngineParts parts;
    private final Build build;
    private final JobSpec spec;
    private final Job record;
    private final JobOutput output;
    private final StopSignal stop;
    private final long artifactBytes;

    JobRun(
            EngineParts parts,
            Build build,
            JobSpec spec,
            Job record,
            JobOutput output,
            StopSignal stop,
            long artifactBytes) {
        this.parts = parts;
        this.build = build;
        this.spec = spec;
        this.record = record;
        this.output = output;
        this.stop = stop;
        this.artifactBytes = artifactBytes;
    }

    Verdict run(ScheduledExecutorService timer) throws IOException, InterruptedException {
        Instant started = parts.clock().instant();
        int attempt = record.attempt() + 1;
        put(BuildState.RUNNING, attempt, started, Optional.empty(), OptionalInt.empty(), Optional.empty());
        output.system("job " + spec.name() + " on " + parts.executor().name() + " ("
                + parts.executor().isolation().kind() + ")");
        for (String notice : parts.executor().isolation().notices()) {
            output.system("NOTICE: " + notice);
        }
        if (!parts.executor().usesImages()) {
            for (String image :
                    spec.work().image().map(Work.Image::name).stream().toList()) {
                output.system("NOTICE: image " + image + " is not used here, the job runs on the gateway's own system");
            }
        }
        Verdict verdict = execute(timer, attempt);
        Instant finished = parts.clock().instant();
        put(verdict.state(), attempt, started, Optional.of(finished), verdict.exitCode(), verdict.reason());
        boolean shutdown = stop.raised().orElse(null) instanceof StopSignal.Shutdown;
        String became = shutdown && verdict.state() == BuildState.ERRORED
                ? "stopped"
                : verdict.state().label();
        output.system("job " + spec.name() + " " + became
                + verdict.reason().map(reason -> ": " + reason).orElse("")
                + " (" + Elapsed.text(Duration.between(started, finished)) + ")");
        return verdict;
    }

    private Verdict execute(ScheduledExecutorService timer, int attempt) throws InterruptedException {
        try {
            JobSecrets secrets = parts.secrets().forJob(build);
            for (JobSecrets.Withheld withheld : secrets.withheld()) {
                output.system("NOTICE: secret " + withheld.name() + " is not given: " + why(withheld));
            }
            return perform(timer, attempt, secrets).behind(secrets.mask());
        } catch (IOException e) {
            return errored(e);
        }
    }

    private static String why(JobSecrets.Withheld withheld) {
        return switch (withheld) {
            case JobSecrets.Withheld.Protected secret -> "it is protected, and this build is not trusted";
            case JobSecrets.Withheld.Overridden secret -> "the submission has a variable of that name";
        };
    }

    private Verdict errored(IOException e) {
        LOG.warn("build {} job {} errored", build.id(), spec.name(), e);
        return Verdict.of(BuildState.ERRORED, String.valueOf(e.getMessage()));
    }

    private Verdict perform(ScheduledExecutorService timer, int attempt, JobSecrets secrets)
            throws InterruptedException {
        // What names things, and where jobs are containers stands in their descriptions, has no secret in it.
        Expansion seen = variables(secrets.plain());
        ExpandedJob expanded = ExpandedJob.of(spec, seen);
        Map<String, String> environment = variables(secrets.variables()).values();
        JobOrder order = new JobOrder(
                build.id(), build.project(), attempt, build.source(), expanded.job(), seen.values(), secrets.files());
        try (Masking masking = secrets.mask().over(output);
                Run run = parts.executor().prepare(order)) {
            stop.attach(run);
            for (String path : expanded.refused()) {
                output.system("WARNING: path " + path);
            }
            JobCaches caches = caches(expanded.job(), masking.output());
            caches.restore(run);
            ScheduledFuture<?> timeout = timer.schedule(
                    () -> stop.raise(new StopSignal.TimedOut(spec.work().timeout())),
                    spec.work().timeout().toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                run.start(new Commands(spec.work().script(), environment), masking.output());
                Exit exit = run.await();
                timeout.cancel(false);
                new AfterScript(
                                new Commands(spec.work().afterScript(), environment),
                                AfterScript.LONGEST,
                                stop.grace(),
                                masking.output())
                        .run(run, exit, stop, timer);
                if (!(exit instanceof Exit.Lost)) {
                    caches.save(run, exit.equals(new Exit.Code(0)));
                }
                return conclude(expanded.job(), run, exit, masking.output());
            } finally {
                timeout.cancel(false);
                stop.detach();
            }
        } catch (IOException e) {
            return errored(e);
        }
    }

    /**
     * The variables of the job's commands, or of what of it others see too. Where the workspace is, only the executor
     * knows: references to it are left to it.
     */
    private Expansion variables(Map<String, String> secrets) {
        Project project = parts.projects()
                .project(build.project())
                .orElseThrow(() -> new IllegalStateException("no project " + build.project()));
        int position = 1 + build.jobs().indexOf(record);
        Map<String, String> predefined = PredefinedVariables.ofJob(build, project, spec, position);
        predefined.put(WorkspacePath.VARIABLE, WorkspacePath.LATER);
        return Expansion.ofJob(predefined, spec, secrets, build.request().variables());
    }

    private JobCaches caches(JobSpec job, JobOutput output) {
        return new JobCaches(
                parts.caches(),
                new JobCaches.Owner(parts.builds().projectOf(build.id()), CacheArea.of(build.trusted())),
                job.caches(),
                output,
                stop::abandoned,
                parts.clock());
    }

    private Verdict conclude(JobSpec job, Run run, Exit exit, JobOutput output)
            throws IOException, InterruptedException {
        return switch (exit) {
            case Exit.Code code when code.code() == 0 -> collect(job, run, output);
            case Exit.Code code -> stop.raised().map(Verdict::of).orElseGet(() -> Verdict.code(code.code()));
            case Exit.Stopped stopped ->
                stop.raised().map(Verdict::of).orElseGet(() -> Verdict.of(BuildState.ERRORED, "it was stopped"));
            case Exit.Lost lost -> Verdict.of(BuildState.ERRORED, lost.reason());
        };
    }

    private Verdict collect(JobSpec job, Run run, JobOutput output) throws IOException, InterruptedException {
        if (job.artifacts().isEmpty()) {
            return Verdict.code(0);
        }
        ArtifactIntake intake = new ArtifactIntake(
                parts.blobs(), spec.name(), artifactBytes, () -> stop.raised().isPresent());
        try {
            run.collect(job.artifacts(), intake);
        } catch (ArtifactIntake.TooLarge e) {
            return Verdict.of(BuildState.FAILED, "its artifacts are larger than " + e.limit() + " bytes");
        } catch (ArtifactIntake.Stopped e) {
            return stop.raised().map(Verdict::of).orElseThrow();
        }
        List<Artifact> taken = intake.taken();
        parts.builds().putArtifacts(build.id(), spec.name(), taken);
        if (taken.isEmpty()) {
            output.system("WARNING: there are no artifacts"
                    + (job.artifacts().paths().isEmpty()
                            ? ""
                            : ": no file matches artifacts.paths: "
                                    + String.join(", ", job.artifacts().paths())));
        } else {
            output.system(
                    taken.size() + (taken.size() == 1 ? " artifact, " : " artifacts, ") + intake.bytes() + " bytes");
        }
        return Verdict.code(0);
    }

    private void put(
            BuildState state,
            int attempt,
            Instant started,
            Optional<Instant> finished,
            OptionalInt exitCode,
            Optional<String> reason) {
        parts.builds()
                .putJob(
                        build.id(),
                        new Job(
                                spec.name(),
                                spec.stage(),
                                state,
                                exitCode,
                                attempt,
                                Optional.of(parts.executor().name()),
                                parts.executor().usesImages()
                                        ? spec.work().image().map(Work.Image::name)
                                        : Optional.empty(),
                                Optional.of(started),
                                finished,
                                reason));
    }
}
