package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.builds.executor.workspace.SourceFiles;
import io.sallyport.builds.executor.workspace.WorkspaceRun;
import io.sallyport.builds.executor.workspace.WorkspaceVisitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One job as a container, in which one shell runs after the other: its files stay, and all its processes end each time. */
final class DockerRun extends WorkspaceRun<ContainerScript> {
    private static final int NAME_BYTES = 12;

    private final ContainerLimits limits;
    private final Furnishing furnishing;
    private final Lodging lodging;
    private final Chance chance = new Chance();
    private final Staging staging;
    private final SourceFiles source;
    private final String mark;
    private final String image;
    private final Consumer<DockerRun> onClose;
    private int starts; // of one thread at a time
    private volatile @Nullable ContainerScript last;
    private volatile @Nullable String lost;

    /**
     * A run whose container is there and has not been started.
     *
     * @param furnishing of its container
     * @param mark a word that nobody can guess
     * @param image for records
     * @param onClose told when it is closed
     */
    DockerRun(
            DockerSettings settings,
            JobOrder order,
            Lodging lodging,
            Staging staging,
            SourceFiles source,
            Furnishing furnishing,
            String mark,
            String image,
            Consumer<DockerRun> onClose) {
        super(
                order,
                new Bounds(settings.limits().artifactFiles(), settings.limits().workspaceFiles()));
        this.limits = settings.container();
        this.furnishing = furnishing;
        this.lodging = lodging;
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

    @Override
    public Optional<String> node() {
        return lodging.node();
    }

    /**
     * Takes up the first shell, which an earlier gateway has started; instead of {@link #start}.
     *
     * @return false when not all of it is to be found
     */
    boolean resume(Commands commands, JobOutput to) throws IOException, InterruptedException {
        ContainerScript first = next(commands, to);
        takeUp(first, to);
        if (lodging
                .lasts()) { // what is left to be told of a later one, that gateway's, is not to be taken for another's
            starts = ThreadLocalRandom.current().nextInt(1000, 1_000_000);
        }
        if (!(lodging.open(to, () -> false) instanceof Lodging.Entrance.Open) || !first.isBegun()) {
            return false;
        }
        lodging.watch(this::lose);
        return first.resume();
    }

    @Override
    protected Path unstarted() {
        return staging.workspace();
    }

    @Override
    protected ContainerScript next(Commands commands, JobOutput to) {
        ContainerScript next =
                new ContainerScript(lodging, limits, OutputMark.of(mark, ++starts), commands, to, chance);
        last = next;
        return next;
    }

    /** The container is gone, for that reason. Any thread. */
    private void lose(String reason) {
        lost = reason;
        ContainerScript now = last;
        if (now != null) {
            now.lose(reason);
        }
    }

    @Override
    protected void begin(ContainerScript next, JobOutput to) throws IOException {
        Optional<Unpacking> unpacking = Optional.of(new Unpacking.None());
        try {
            if (staging.isThere()) {
                unpacking = moveIn(next, to);
            }
        } catch (EngineException e) {
            if (e.status() != EngineException.NONE || !lodging.lasts()) {
                throw e;
            }
            lose(String.valueOf(e.getMessage())); // a machine among several, which a second try need not meet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the job's container was made ready", e);
        }
        String gone = lost;
        if (gone != null) {
            next.neverStart(new Exit.Lost(gone));
        } else if (unpacking.isPresent()) {
            try {
                next.start(order(), unpacking.get());
            } catch (UnpackingException e) {
                furnishing.unlearn();
                throw e;
            }
            if (next.wasThere()) {
                furnishing.learn(unpacking.get(), next);
            }
        }
    }

    @Override
    public Optional<Visit> enter(Entry entry, VisitOutput to) throws IOException, InterruptedException {
        ContainerScript now = last;
        if (now == null || !now.runs()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ContainerVisit.begin(
                    lodging.container(),
                    now.environment(order()),
                    chance.letters(NAME_BYTES),
                    now::endsWithin,
                    entry,
                    to));
        } catch (EngineException e) {
            if (e.isConflict() || e.isAbsent()) {
                return Optional.empty(); // it has just ended
            }
            throw e;
        }
    }

    /**
     * Before the first shell: puts the workspace into the container, and tells what is wrong with services.
     *
     * @return what the shell is to do; empty when there will be none
     */
    private Optional<Unpacking> moveIn(ContainerScript next, JobOutput to) throws IOException, InterruptedException {
        Lodging.Entrance entrance = lodging.open(to, next::hasBeenStopped);
        if (next.hasBeenStopped()) {
            next.neverStart();
            return Optional.empty();
        }
        switch (entrance) {
            case Lodging.Entrance.Open open -> lodging.watch(this::lose);
            case Lodging.Entrance.Closed closed -> throw new IOException(closed.reason());
            case Lodging.Entrance.Gone gone -> {
                next.neverStart(new Exit.Lost(gone.reason()));
                return Optional.empty();
            }
        }
        Unpacking left = furnishing.fill(lodging.container(), staging.workspace(), lodging.isFurnished());
        lodging.tellOfEnded(to);
        staging.remove();
        return Optional.of(left);
    }

    @Override
    protected void walk(ArtifactPatterns patterns, int entries, WorkspaceVisitor visitor)
            throws IOException, InterruptedException {
        new ContainerFiles(lodging.container()).walk(patterns, source, entries, visitor);
    }

    @Override
    protected void free(@Nullable ContainerScript current) {
        if (current != null) {
            current.kill();
        }
        lodging.remove();
        staging.remove();
        onClose.accept(this);
    }
}
