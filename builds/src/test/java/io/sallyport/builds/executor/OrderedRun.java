package io.sallyport.builds.executor;

import io.sallyport.builds.plan.ArtifactRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A run that knows what its order asks for.
 *
 * @param run on any executor
 * @param order it was made of
 */
public record OrderedRun(Run run, JobOrder order) implements Run {
    public static OrderedRun of(Executor executor, JobOrder order) throws IOException, InterruptedException {
        return new OrderedRun(executor.prepare(order), order);
    }

    /** Starts the job's script. */
    public void start(JobOutput output) throws IOException {
        start(Commands.of(order.job().work().script()), output);
    }

    /** Collects by the job's rules. */
    public void collect(ArtifactSink sink) throws IOException, InterruptedException {
        collect(order.job().artifacts(), sink);
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
        run.unpack(tar);
    }

    @Override
    public void start(Commands commands, JobOutput output) throws IOException {
        run.start(commands, output);
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
        return run.enter(entry, output);
    }

    @Override
    public void collect(ArtifactRules rules, ArtifactSink sink) throws IOException, InterruptedException {
        run.collect(rules, sink);
    }

    @Override
    public Packed pack(List<String> paths, boolean untracked, OutputStream tar)
            throws IOException, InterruptedException {
        return run.pack(paths, untracked, tar);
    }

    @Override
    public void close() {
        run.close();
    }
}
