package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.Visit;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody beside a job's shell. A thread of its own leads it from the bell to the end. */
final class ProcessVisit implements Visit {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessVisit.class);
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration KILL = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 10;

    private final VisitFolder folder;
    private final VisitPipes pipes;
    private final VisitMark mark;
    private final Family run;
    private final CompletableFuture<Boolean> there = new CompletableFuture<>();
    private final CompletableFuture<Exit> ended = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<Entry.@Nullable Terminal> wanted = new AtomicReference<>();

    private ProcessVisit(VisitFolder folder, VisitPipes pipes, VisitMark mark, Family run) {
        this.folder = folder;
        this.pipes = pipes;
        this.mark = mark;
        this.run = run;
    }

    /**
     * Lets somebody in; returns when they are there.
     *
     * @param folder made, with the mark as its name
     * @param pipes of it
     * @param text what is run
     * @param run the processes of the job
     */
    static ProcessVisit begin(VisitFolder folder, VisitPipes pipes, VisitMark mark, Family run, String text)
            throws IOException, InterruptedException {
        ProcessVisit visit = new ProcessVisit(folder, pipes, mark, run);
        Thread.ofPlatform().name("visit-" + mark.value()).daemon().start(() -> visit.lead(text));
        boolean here = false;
        try {
            here = visit.there
                    .completeOnTimeout(false, START.toSeconds(), TimeUnit.SECONDS)
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            if (!here) {
                visit.close();
            }
        }
        if (!here) {
            throw new IOException("nobody in the job opens: it has ended what lets others in, or is about to end");
        }
        return visit;
    }

    private void lead(String text) {
        Exit exit = new Exit.Lost("the visit's thread has died");
        try {
            pipes.ring(mark.value(), text);
            pipes.told();
            there.complete(true);
            exit = new Exit.Code(Integer.parseInt(pipes.told()));
        } catch (IOException | NumberFormatException e) {
            LOG.debug("visit {} is over: {}", mark.value(), e.getMessage());
            exit = new Exit.Stopped();
        } finally {
            there.complete(false);
            leave(closing.get() ? new Exit.Stopped() : exit);
        }
    }

    /** All of it is ended, whatever it has left behind. */
    private void leave(Exit exit) {
        try {
            endAll();
            pipes.finish();
        } catch (IOException e) {
            LOG.debug("the last of what visit {} has printed is lost: {}", mark.value(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        } finally {
            pipes.close();
            folder.remove();
            ended.complete(exit);
        }
    }

    private void endAll() throws InterruptedException {
        long begun = System.nanoTime();
        mark.members(run).forEach(HostProcess::terminate);
        while (!mark.members(run).isEmpty()) {
            long waited = System.nanoTime() - begun;
            if (waited > KILL.toNanos()) {
                LOG.warn("processes of a visit cannot be ended: {}", mark.members(run));
                return;
            }
            if (waited > GRACE.toNanos()) {
                mark.members(run).forEach(HostProcess::kill);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Override
    public void give(byte[] bytes, int offset, int length) throws IOException {
        pipes.input(bytes, offset, length);
    }

    @Override
    public void endInput() {
        pipes.endInput();
    }

    /** By a thread, since the job may not take it; a size that comes meanwhile is told after it. */
    @Override
    public void resize(Entry.Terminal size) {
        if (wanted.getAndSet(size) == null) {
            Thread.ofPlatform().name("visit-size").daemon().start(this::tellSize);
        }
    }

    private void tellSize() {
        try {
            Entry.Terminal size = wanted.get();
            while (size != null) {
                pipes.resize(size);
                size = wanted.compareAndSet(size, null) ? null : wanted.get();
            }
        } catch (IOException e) {
            LOG.debug("visit {} has ended before it was told its size", mark.value());
        }
    }

    @Override
    public Exit await() throws IOException, InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing.set(true);
        pipes.hangUp();
    }
}
