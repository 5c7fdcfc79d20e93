package io.sallyport.gateway.metrics;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Node;
import io.sallyport.builds.executor.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An executor whose steps are timed, those that fail too. */
final class MeasuredExecutor implements Executor {
    private final Executor executor;
    private final Steps steps;

    MeasuredExecutor(Executor executor, Steps steps) {
        this.executor = executor;
        this.steps = steps;
    }

    /** Told of each step. From any thread. */
    @FunctionalInterface
    interface Steps {
        void took(String step, Duration time);

        /** A step that begins now and takes until it is closed. */
        default Timing begin(String step) {
            long began = System.nanoTime();
            return () -> took(step, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** A step under way. */
    @FunctionalInterface
    interface Timing extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public String name() {
        return executor.name();
    }

    @Override
    public Isolation isolation() {
        return executor.isolation();
    }

    @Override
    public boolean usesImages() {
        return executor.usesImages();
    }

    @Override
    public Run prepare(JobOrder order) throws IOException, InterruptedException {
        try (Timing _ = steps.begin("prepare")) {
            return new MeasuredRun(executor.prepare(order), steps);
        }
    }

    @Override
    public List<Node> nodes() throws IOException, InterruptedException {
        return executor.nodes();
    }

    @Override
    public boolean outlives() {
        return executor.outlives();
    }

    @Override
    public void removeLeft(Set<String> runs) throws InterruptedException {
        executor.removeLeft(runs);
    }

    @Override
    public Optional<Run> recover(JobOrder order, Commands commands, JobOutput output)
            throws IOException, InterruptedException {
        return executor.recover(order, commands, output).map(run -> new MeasuredRun(run, steps));
    }

    @Override
    public void close() {
        executor.close();
    }
}
