package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Run;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One job as processes. A thread of its own leads it from the shell's start to its end. */
final class ProcessRun implements Run {
    /**
     * What all runs of an executor share.
     *
     * @param launcher the permanent thread
     * @param confinement of the jobs
     * @param limits of each
     * @param random for marks
     * @param onClose told when a run is closed
     */
    record House(
            Launcher launcher,
            Confinement confinement,
            ProcessLimits limits,
            SecureRandom random,
            Consumer<ProcessRun> onClose) {}

    private final House house;
    private final JobOrder order;
    private final RunFolder folder;
    private final RunMark mark;
    private final CompletableFuture<Boolean> started = new CompletableFuture<>();
    private final CompletableFuture<Exit> ended = new CompletableFuture<>();
    private @Nullable JobOutput output; // this and what follows: guarded by this
    private @Nullable Shell shell;
    private boolean stopped;
    private boolean closed;
    private @Nullable IOException failure;

    ProcessRun(House house, JobOrder order, RunFolder folder, RunMark mark) {
        this.house = house;
        this.order = order;
        this.folder = folder;
        this.mark = mark;
    }

    @Override
    public void start(JobOutput output) throws IOException {
        synchronized (this) {
            if (this.output != null || closed) {
                throw new IllegalStateException("started twice, or after its end");
            }
            this.output = output;
            if (stopped) {
                ended.complete(new Exit.Stopped());
                return;
            }
        }
        Thread.ofPlatform().name("run-" + order.runName()).daemon().start(() -> lead(output));
        try {
            started.join();
        } catch (CompletionException e) {
            throw problem(e);
        }
    }

    private static IOException problem(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new IOException(cause.getMessage(), cause);
    }

    private void lead(JobOutput output) {
        try (Pipes pipes = Pipes.open(folder, house.random(), output, this::fail);
                Shell now = Shell.start(house.launcher(), house.confinement(), folder, mark, pipes)) {
            boolean go = adopt(now);
            pipes.startPumps();
            started.complete(true);
            if (go) {
                Script script = new Script(order, house.confinement(), folder, output);
                script.perform(now, pipes);
            } else {
                now.give("");
            }
            int code = now.await();
            pipes.finish();
            ended.complete(exit(code));
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.completeExceptionally(e);
            ended.completeExceptionally(e);
        } finally { // an error has ended this thread; whoever waits must not wait for ever
            IllegalStateException died = new IllegalStateException("the run's thread has died");
            started.completeExceptionally(died);
            ended.completeExceptionally(died);
        }
    }

    /** Whether the shell may go on: from now on, a stop finds it. */
    private synchronized boolean adopt(Shell now) {
        shell = now;
        return !stopped && failure == null;
    }

    /** The output takes no more: what the job does cannot be seen, so it is ended. */
    private void fail(IOException e) {
        Shell now;
        synchronized (this) {
            failure = failure == null ? e : failure;
            now = shell;
        }
        if (now != null) {
            now.kill();
        }
    }

    private synchronized Exit exit(int code) {
        shell = null;
        if (failure != null) {
            return new Exit.Lost("the output could not be stored: " + failure.getMessage());
        }
        return stopped ? new Exit.Stopped() : new Exit.Code(code);
    }

    @Override
    public Exit await() throws IOException, InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw problem(e);
        }
    }

    @Override
    public void stop(Duration grace) {
        Shell now;
        synchronized (this) {
            if (stopped || ended.isDone()) {
                return;
            }
            stopped = true;
            now = shell;
        }
        if (now != null) {
            Thread.ofVirtual().name("stop-" + order.runName()).start(() -> stop(now, grace));
        }
    }

    private static void stop(Shell now, Duration grace) {
        try {
            now.stop(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; the executor's end kills
        }
    }

    @Override
    public void collect(ArtifactSink sink) throws IOException, InterruptedException {
        JobOutput notices;
        synchronized (this) {
            notices = output;
        }
        if (notices == null) {
            return;
        }
        ArtifactPatterns patterns = ArtifactPatterns.of(order.job().artifacts());
        new ArtifactCollection(patterns, house.limits(), sink, notices).collect(folder.path(), folder.workspace());
    }

    @Override
    public void close() {
        boolean wasStarted;
        Shell now;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            stopped = true;
            wasStarted = output != null;
            now = shell;
        }
        if (now != null) {
            now.kill();
        }
        if (wasStarted) {
            ended.handle((exit, problem) -> true).join();
        }
        folder.remove();
        house.onClose().accept(this);
    }
}
