package io.sallyport.builds.executor.docker;

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
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.source.WorkspaceTarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One job as a container, which is started once for each shell: its files stay, and all its processes end each time. */
final class DockerRun implements Run {
    private final DockerSettings settings;
    private final JobOrder order;
    private final Container container;
    private final JobNetwork network;
    private final Staging staging;
    private final SourceFiles source;
    private final String mark;
    private final String image;
    private final Consumer<DockerRun> onClose;
    private int starts; // this and what follows: guarded by this
    private @Nullable JobOutput output;
    private @Nullable ContainerScript script;
    private boolean stopped;
    private boolean closed;

    /**
     * A run whose container is there and has not been started.
     *
     * @param mark a word that nobody can guess
     * @param image for records
     * @param onClose told when it is closed
     */
    DockerRun(
            DockerSettings settings,
            JobOrder order,
            Container container,
            JobNetwork network,
            Staging staging,
            SourceFiles source,
            String mark,
            String image,
            Consumer<DockerRun> onClose) {
        this.settings = settings;
        this.order = order;
        this.container = container;
        this.network = network;
        this.staging = staging;
        this.source = source;
        this.mark = mark;
        this.image = image;
        this.onClose = onClose;
    }

    @Override
    public Optional<String> image() {
        return Optional.of(image);
    }

    /**
     * Takes up the first shell, which an earlier gateway has started; instead of {@link #start}.
     *
     * @return false when not all of it is to be found
     */
    boolean resume(Commands commands, JobOutput to) throws IOException, InterruptedException {
        ContainerScript first = new ContainerScript(container, OutputMark.of(mark, 1), commands, to);
        synchronized (this) {
            starts = 1;
            script = first;
            output = to;
        }
        return first.resume();
    }

    @Override
    public void unpack(InputStream tar) throws IOException, InterruptedException {
        synchronized (this) {
            if (script != null || closed) {
                throw new IllegalStateException("unpacked after the start");
            }
        }
        new WorkspaceUnpack(staging.workspace()).unpack(tar, settings.limits().workspaceFiles());
    }

    @Override
    public void start(Commands commands, JobOutput to) throws IOException {
        commands.check();
        boolean first;
        ContainerScript next;
        synchronized (this) {
            if (closed || (script != null && !script.hasEnded())) {
                throw new IllegalStateException("started while commands run, or after the end");
            }
            first = script == null;
            next = new ContainerScript(container, OutputMark.of(mark, ++starts), commands, to);
            script = next;
            output = to;
            if (first && stopped) {
                next.neverStart();
                return;
            }
        }
        if (staging.isThere()) {
            fill(to);
        }
        next.start(order);
    }

    /** Puts the workspace into the container, and tells what is wrong with services. */
    private void fill(JobOutput to) throws IOException {
        try {
            Piped.run(new StagedTar(staging.workspace(), settings.user())::write, container::put);
            network.tellOfEnded(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the workspace was filled", e);
        }
        staging.remove();
    }

    private synchronized ContainerScript script() {
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
        ContainerScript now;
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
        walk(patterns, new ArtifactCollection(patterns, settings.limits().artifactFiles(), sink, notices));
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
        new ContainerFiles(container).walk(patterns, source, settings.limits(), visitor);
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
        ContainerScript last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = script;
        }
        if (last != null) {
            last.kill();
        }
        container.removeOrLog();
        network.remove();
        staging.remove();
        onClose.accept(this);
    }
}
