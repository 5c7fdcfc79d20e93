package io.sallyport.builds.executor.workspace;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Packed;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.source.WorkspaceTarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all runs have in common, wherever they run: one shell after the other, and files of a workspace that go in before
 * them and are taken out between and after them. See {@link Run} for order and threads.
 *
 * @param <S> their shells
 */
public abstract class WorkspaceRun<S extends WorkspaceRun.Shell> implements Run {
    /** One shell with its commands. What has ended stays ended. */
    public interface Shell {
        /** Instead of a start: it has been stopped before. */
        void neverStart();

        /** As {@link Run#await}. */
        Exit await() throws IOException, InterruptedException;

        /** Whether {@link #await} returns at once. */
        boolean hasEnded();

        /** As {@link Run#stop}. */
        void stop(Duration grace);
    }

    /**
     * How many files are handled.
     *
     * @param artifacts kept of one job; more fail the collection
     * @param entries files and folders looked at in a workspace, or put into it at once; more fail that
     */
    public record Bounds(int artifacts, int entries) {}

    private final JobOrder order;
    private final Bounds bounds;
    private @Nullable JobOutput output; // this and what follows: guarded by this
    private @Nullable S shell;
    private boolean stopped;
    private boolean closed;

    /** A run of which nothing has been started. */
    protected WorkspaceRun(JobOrder order, Bounds bounds) {
        this.order = order;
        this.bounds = bounds;
    }

    /** What it was made of. */
    protected final JobOrder order() {
        return order;
    }

    /** The folder in which the workspace is before the first start. */
    protected abstract Path unstarted();

    /** Makes the next shell, without starting it; one call at a time. */
    protected abstract S next(Commands commands, JobOutput to);

    /** Starts a shell. */
    protected abstract void begin(S next, JobOutput to) throws IOException;

    /**
     * Shows what patterns name, when nothing runs.
     *
     * @param entries the most files and folders looked at
     */
    protected abstract void walk(ArtifactPatterns patterns, int entries, WorkspaceVisitor visitor)
            throws IOException, InterruptedException;

    /** Ends the last shell, and removes all that the run has; once. */
    protected abstract void free(@Nullable S last);

    /** Instead of a start: this shell, which an earlier gateway has started. */
    protected final synchronized void takeUp(S first, JobOutput to) {
        shell = first;
        output = to;
    }

    @Override
    public final void unpack(InputStream tar) throws IOException, InterruptedException {
        synchronized (this) {
            if (shell != null || closed) {
                throw new IllegalStateException("unpacked after the start");
            }
        }
        new WorkspaceUnpack(unstarted()).unpack(tar, bounds.entries());
    }

    @Override
    public final void start(Commands commands, JobOutput to) throws IOException {
        commands.check();
        S next;
        synchronized (this) {
            if (closed || (shell != null && !shell.hasEnded())) {
                throw new IllegalStateException("started while commands run, or after the end");
            }
            boolean first = shell == null;
            next = next(commands, to);
            shell = next;
            output = to;
            if (first && stopped) {
                next.neverStart();
                return;
            }
        }
        begin(next, to);
    }

    /** The shell that was started last; empty before the first, and when the run is closed. */
    protected final synchronized Optional<S> current() {
        return closed ? Optional.empty() : Optional.ofNullable(shell);
    }

    private synchronized S shell() {
        if (shell == null) {
            throw new IllegalStateException("nothing was started");
        }
        return shell;
    }

    @Override
    public final Exit await() throws IOException, InterruptedException {
        return shell().await();
    }

    @Override
    public final void stop(Duration grace) {
        S now;
        synchronized (this) {
            stopped = true;
            now = shell;
        }
        if (now != null) {
            now.stop(grace);
        }
    }

    @Override
    public final void collect(ArtifactRules rules, ArtifactSink sink) throws IOException, InterruptedException {
        ArtifactPatterns patterns = ArtifactPatterns.of(rules);
        Notices notices = notices("artifacts", patterns);
        walk(patterns, bounds.entries(), new ArtifactCollection(patterns, bounds.artifacts(), sink, notices));
        notices.sayUnused(patterns);
    }

    @Override
    public final Packed pack(List<String> paths, boolean untracked, OutputStream tar)
            throws IOException, InterruptedException {
        ArtifactPatterns patterns = ArtifactPatterns.of(paths, untracked);
        Notices notices = notices("cache", patterns);
        WorkspaceTarWriter writer = new WorkspaceTarWriter(tar);
        WorkspacePack pack = new WorkspacePack(patterns, writer, notices);
        walk(patterns, bounds.entries(), pack);
        writer.finish();
        notices.sayUnused(patterns);
        return pack.packed();
    }

    private synchronized Notices notices(String subject, ArtifactPatterns patterns) {
        if (shell == null || output == null || !shell.hasEnded()) {
            throw new IllegalStateException("files taken before the end");
        }
        if (patterns.untracked() && !order.keepsUntracked()) {
            throw new IllegalStateException("the job's own rules keep no untracked files");
        }
        return new Notices(subject, output);
    }

    @Override
    public final void close() {
        S last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = shell;
        }
        free(last);
    }
}
