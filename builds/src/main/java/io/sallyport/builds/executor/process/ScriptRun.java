package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.builds.executor.workspace.WorkspaceRun;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One shell of a run with its commands. A thread of its own leads it from its start to its end. */
final class ScriptRun implements WorkspaceRun.Shell {
    private final ProcessRun.House house;
    private final JobOrder order;
    private final Commands commands;
    private final RunFolder folder;
    private final RunMark mark;
    private final CompletableFuture<Boolean> started = new CompletableFuture<>();
    private final CompletableFuture<Exit> ended = new CompletableFuture<>();
    private @Nullable Shell shell; // this and what follows: guarded by this
    private boolean stopped;
    private @Nullable IOException failure;
    private final Set<ProcessVisit> visits = new HashSet<>();

    ScriptRun(ProcessRun.House house, JobOrder order, Commands commands, RunFolder folder, RunMark mark) {
        this.house = house;
        this.order = order;
        this.commands = commands;
        this.folder = folder;
        this.mark = mark;
    }

    @Override
    public void neverStart() {
        ended.complete(new Exit.Stopped());
    }

    /** Returns when the shell is there. */
    void start(JobOutput output) throws IOException {
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

    /** Tells of the end when nothing of it is left to be ended: what looks for that would find the next shell, too. */
    private void lead(JobOutput output) {
        try {
            ended.complete(perform(output));
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.completeExceptionally(e);
            ended.completeExceptionally(e);
        } finally {
            endVisits();
            // an error has ended this thread; whoever waits must not wait for ever
            IllegalStateException died = new IllegalStateException("the run's thread has died");
            started.completeExceptionally(died);
            ended.completeExceptionally(died);
        }
    }

    private Exit perform(JobOutput output) throws IOException, InterruptedException {
        try (Pipes pipes = Pipes.open(folder, house.random(), output, this::fail);
                Shell now = Shell.start(house.launcher(), house.confinement(), folder, mark, pipes)) {
            boolean go = adopt(now);
            pipes.startPumps();
            started.complete(true);
            if (go) {
                Script script = new Script(order, commands, house.confinement(), folder, output);
                script.perform(now, pipes);
            } else {
                now.give("");
            }
            int code = now.await();
            endVisits();
            pipes.finish();
            if (now.wasHeld()) {
                output.system("NOTICE: the script has ended, and something of it held up its sandbox: all was killed");
            }
            return exit(code);
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

    /** Lets somebody in while the shell lives; empty when it does not. */
    Optional<Visit> enter(Entry entry, VisitOutput output) throws IOException, InterruptedException {
        Family family;
        synchronized (this) {
            if (shell == null || stopped) {
                return Optional.empty();
            }
            family = shell.family();
        }
        ProcessVisit visit = new VisitOpening(house, order, commands, folder).open(entry, output, family);
        synchronized (this) {
            if (shell != null) {
                visits.add(visit);
                return Optional.of(visit);
            }
        }
        visit.close();
        return Optional.empty();
    }

    /** The shell has ended, and so have they: what they would say comes no more. */
    private void endVisits() {
        List<ProcessVisit> left;
        synchronized (this) {
            shell = null;
            left = List.copyOf(visits);
            visits.clear();
        }
        left.forEach(ProcessVisit::close);
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
    public boolean hasEnded() {
        return ended.isDone();
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

    /** Kills what runs and waits until it is gone. */
    void end() {
        Shell now;
        synchronized (this) {
            stopped = true;
            now = shell;
        }
        if (now != null) {
            now.kill();
        }
        ended.handle((exit, problem) -> true).join();
    }
}
