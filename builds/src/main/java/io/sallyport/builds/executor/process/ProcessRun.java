package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.builds.executor.workspace.SourceFiles;
import io.sallyport.builds.executor.workspace.WorkspaceRun;
import io.sallyport.builds.executor.workspace.WorkspaceVisitor;
import io.sallyport.builds.executor.workspace.WorkspaceWalk;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One job as processes: a folder, and one shell after the other in it. */
final class ProcessRun extends WorkspaceRun<ScriptRun> {
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
    private final RunFolder folder;
    private final RunMark mark;
    private final SourceFiles source;

    /**
     * A run whose folder has been filled.
     *
     * @param source what it has been filled with, where the order's job keeps something for not being among it
     */
    ProcessRun(House house, JobOrder order, RunFolder folder, RunMark mark, SourceFiles source) {
        super(order, new Bounds(house.limits().artifactFiles(), house.limits().artifactEntries()));
        this.house = house;
        this.folder = folder;
        this.mark = mark;
        this.source = source;
    }

    @Override
    public Optional<String> image() {
        return Optional.empty();
    }

    @Override
    public Optional<String> node() {
        return Optional.empty();
    }

    @Override
    protected Path unstarted() {
        return folder.workspace();
    }

    @Override
    protected ScriptRun next(Commands commands, JobOutput to) {
        return new ScriptRun(house, order(), commands, folder, mark);
    }

    @Override
    protected void begin(ScriptRun next, JobOutput to) throws IOException {
        next.start(to);
    }

    @Override
    public Optional<Visit> enter(Entry entry, VisitOutput to) throws IOException, InterruptedException {
        Optional<ScriptRun> now = current();
        return now.isEmpty() ? Optional.empty() : now.get().enter(entry, to);
    }

    @Override
    protected void walk(ArtifactPatterns patterns, int entries, WorkspaceVisitor visitor)
            throws IOException, InterruptedException {
        new WorkspaceWalk(patterns, source, entries, visitor).over(folder.workspace());
    }

    @Override
    protected void free(@Nullable ScriptRun last) {
        if (last != null) {
            last.end();
        }
        folder.remove();
        house.onClose().accept(this);
    }
}
