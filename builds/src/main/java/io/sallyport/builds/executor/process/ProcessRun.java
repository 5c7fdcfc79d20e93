package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Packed;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.workspace.ArtifactCollection;
import io.sallyport.builds.executor.workspace.Notices;
import io.sallyport.builds.executor.workspace.SourceFiles;
import io.sallyport.builds.executor.workspace.WorkspacePack;
import io.sallyport.builds.executor.workspace.WorkspaceUnpack;
import io.sallyport.builds.executor.workspace.WorkspaceVisitor;
import io.sallyport.builds.executor.workspace.WorkspaceWalk;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.source.WorkspaceTarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One job as processes: a folder, and one shell after the other in it. */
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
    private final SourceFiles source;
    private @Nullable JobOutput output; // this and what follows: guarded by this
    private @Nullable ScriptRun script;
    private boolean stopped;
    private boolean closed;

    /**
     * A run whose folder has been filled.
     *
     * @param source what it has been filled with, where the order's job keeps something for not being among it
     */
    ProcessRun(House house, JobOrder order, RunFolder folder, RunMark mark, SourceFiles source) {
        this.house = house;
        this.order = order;
        this.folder = folder;
        this.mark = mark;
        this.source = source;
    }

    @Override
    public Optional<String> image() {
        return Optional.empty();
    }

    @Override
    public void unpack(InputStream tar) throws IOException, InterruptedException {
        synchronized (this) {
            if (script != null || closed) {
                throw new IllegalStateException("unpacked after the start");
            }
        }
        new WorkspaceUnpack(folder.workspace()).unpack(tar, house.limits().artifactEntries());
    }

    @Override
    public void start(Commands commands, JobOutput output) throws IOException {
        commands.check();
        ScriptRun next = new ScriptRun(house, order, commands, folder, mark);
        synchronized (this) {
            if (closed || (script != null && !script.hasEnded())) {
                throw new IllegalStateException("started while commands run, or after the end");
            }
            boolean first = script == null;
            this.script = next;
            this.output = output;
            if (first && stopped) {
                next.neverStart();
                return;
            }
        }
        next.start(output);
    }

    private synchronized ScriptRun script() {
        if (script == null) {
            throw new IllegalStateException("nothing was started");
        }
        return script;
    }

    @Override
    public Exit await() throws IOException, InterruptedException {
        return script().await();
    }

    @Override
    public void stop(Duration grace) {
        ScriptRun now;
        synchronized (this) {
            stopped = true;
            now = script;
        }
        if (now != null) {
            now.stop(grace);
        }
    }

    @Override
    public void collect(ArtifactRules rules, ArtifactSink sink) throws IOException, InterruptedException {
        ArtifactPatterns patterns = ArtifactPatterns.of(rules);
        Notices notices = notices("artifacts", patterns);
        walk(patterns, new ArtifactCollection(patterns, house.limits().artifactFiles(), sink, notices));
        notices.sayUnused(patterns);
    }

    @Override
    public Packed pack(List<String> paths, boolean untracked, OutputStream tar)
            throws IOException, InterruptedException {
        ArtifactPatterns patterns = ArtifactPatterns.of(paths, untracked);
        Notices notices = notices("cache", patterns);
        WorkspaceTarWriter writer = new WorkspaceTarWriter(tar);
        WorkspacePack pack = new WorkspacePack(patterns, writer, notices);
        walk(patterns, pack);
        writer.finish();
        notices.sayUnused(patterns);
        return pack.packed();
    }

    private void walk(ArtifactPatterns patterns, WorkspaceVisitor visitor) throws IOException, InterruptedException {
        new WorkspaceWalk(patterns, source, house.limits().artifactEntries(), visitor).over(folder.workspace());
    }

    private synchronized Notices notices(String subject, ArtifactPatterns patterns) {
        if (script == null || output == null || !script.hasEnded()) {
            throw new IllegalStateException("files taken before the end");
        }
        if (patterns.untracked() && !order.keepsUntracked()) {
            throw new IllegalStateException("the job's own rules keep no untracked files");
        }
        return new Notices(subject, output);
    }

    @Override
    public void close() {
        ScriptRun last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = script;
        }
        if (last != null) {
            last.end();
        }
        folder.remove();
        house.onClose().accept(this);
    }
}
