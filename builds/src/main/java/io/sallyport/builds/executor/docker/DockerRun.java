package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.workspace.SourceFiles;
import io.sallyport.builds.executor.workspace.WorkspaceRun;
import io.sallyport.builds.executor.workspace.WorkspaceVisitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One job as a container, which is started once for each shell: its files stay, and all its processes end each time. */
final class DockerRun extends WorkspaceRun<ContainerScript> {
    private final DockerSettings settings;
    private final Container container;
    private final JobNetwork network;
    private final Staging staging;
    private final SourceFiles source;
    private final String mark;
    private final String image;
    private final Consumer<DockerRun> onClose;
    private int starts; // of one thread at a time

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
        super(
                order,
                new Bounds(settings.limits().artifactFiles(), settings.limits().workspaceFiles()));
        this.settings = settings;
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
        ContainerScript first = next(commands, to);
        takeUp(first, to);
        return first.resume();
    }

    @Override
    protected Path unstarted() {
        return staging.workspace();
    }

    @Override
    protected ContainerScript next(Commands commands, JobOutput to) {
        return new ContainerScript(container, OutputMark.of(mark, ++starts), commands, to);
    }

    @Override
    protected void begin(ContainerScript next, JobOutput to) throws IOException {
        if (staging.isThere()) {
            fill(to);
        }
        next.start(order());
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

    @Override
    protected void walk(ArtifactPatterns patterns, int entries, WorkspaceVisitor visitor)
            throws IOException, InterruptedException {
        new ContainerFiles(container).walk(patterns, source, entries, visitor);
    }

    @Override
    protected void free(@Nullable ContainerScript last) {
        if (last != null) {
            last.kill();
        }
        container.removeOrLog();
        network.remove();
        staging.remove();
        onClose.accept(this);
    }
}
