package io.sallyport.gateway.metrics;

import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Packed;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.builds.plan.ArtifactRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A run whose steps are timed; not what its commands do, nor the wait for them. */
final class MeasuredRun implements Run {
    private final Run run;
    private final MeasuredExecutor.Steps steps;

    MeasuredRun(Run run, MeasuredExecutor.Steps steps) {
        this.run = run;
        this.steps = steps;
    }

    @Override
    public Optional<String> image() {
        return run.image();
    }

    @Override
    public Optional<String> node() {
        return run.node();
    }

    @Override
    public void unpack(InputStream tar) throws IOException, InterruptedException {
        try (MeasuredExecutor.Timing _ = steps.begin("unpack")) {
            run.unpack(tar);
        }
    }

    @Override
    public void start(Commands commands, JobOutput output) throws IOException {
        try (MeasuredExecutor.Timing _ = steps.begin("start")) {
            run.start(commands, output);
        }
    }

    @Override
    public Exit await() throws IOException, InterruptedException {
        return run.await();
    }

    @Override
    public void stop(Duration grace) {
        run.stop(grace);
    }

    @Override
    public Optional<Visit> enter(Entry entry, VisitOutput output) throws IOException, InterruptedException {
        try (MeasuredExecutor.Timing _ = steps.begin("enter")) {
            return run.enter(entry, output);
        }
    }

    @Override
    public void collect(ArtifactRules rules, ArtifactSink sink) throws IOException, InterruptedException {
        try (MeasuredExecutor.Timing _ = steps.begin("collect")) {
            run.collect(rules, sink);
        }
    }

    @Override
    public Packed pack(List<String> paths, boolean untracked, OutputStream tar)
            throws IOException, InterruptedException {
        try (MeasuredExecutor.Timing _ = steps.begin("pack")) {
            return run.pack(paths, untracked, tar);
        }
    }

    @Override
    public void close() {
        try (MeasuredExecutor.Timing _ = steps.begin("remove")) {
            run.close();
        }
    }
}
