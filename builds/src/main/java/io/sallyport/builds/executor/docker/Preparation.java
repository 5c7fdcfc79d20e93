package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.executor.workspace.SourceFiles;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * From what is asked for to a run whose container is there and has not been started. The source is unpacked while the
 * engine makes the container, and the engine is asked for the image while it makes one of that which it was before. What
 * goes wrong leaves nothing behind.
 *
 * @param containers of the engine
 * @param pool of those that were made ahead
 */
record Preparation(Parts parts, JobContainers containers, ReadyPool pool, JobOrder order) {
    private static final int MARK_BYTES = 16;

    /**
     * What is the same for all.
     *
     * @param staging the folder of workspaces that are put together
     * @param filler puts a source into one of these
     * @param runs all that are there, until they are closed
     */
    record Parts(
            DockerSettings settings,
            Path staging,
            WorkspaceFiller filler,
            Images images,
            ContainerNames names,
            Unpackers unpackers,
            Chance chance,
            Set<DockerRun> runs) {
        /** Those of an executor. */
        static Parts of(DockerSettings settings, Path staging, WorkspaceFiller filler, Set<DockerRun> runs) {
            return new Parts(
                    settings,
                    staging,
                    filler,
                    new Images(settings.images()),
                    new ContainerNames(settings.gateway()),
                    new Unpackers(),
                    new Chance(),
                    runs);
        }
    }

    /** An image that is there, or will be. */
    private interface Wanted {
        Images.Found await() throws IOException, InterruptedException;
    }

    /** Where a job will run, and what its marks begin with. */
    private record Place(Lodging lodging, String mark) {}

    DockerRun run() throws IOException, InterruptedException {
        Optional<String> wanted = order.job().work().image().map(Work.Image::name);
        Wanted asked = () -> parts.images().find(containers.engine(), "the job", wanted);
        Optional<Images.Found> before = parts.settings().ready().containers() > 0
                ? Optional.empty() // one that waits is worth more than the time it takes to ask
                : parts.images().lastFound(wanted);
        return before.isPresent() ? run(before.get(), asked) : run(asked);
    }

    private DockerRun run(Images.Found before, Wanted asked) throws IOException, InterruptedException {
        try (Meanwhile<Images.Found> found = Meanwhile.start("image", asked::await)) {
            Optional<DockerRun> run = runUnlessAbsent(before);
            boolean still = false;
            try {
                still = found.await().equals(before);
            } finally {
                if (!still) {
                    run.ifPresent(DockerRun::close);
                }
            }
            return still && run.isPresent() ? run.get() : run(found::await);
        }
    }

    /** Empty when the engine misses something, such as that image. */
    private Optional<DockerRun> runUnlessAbsent(Images.Found image) throws IOException, InterruptedException {
        try {
            return Optional.of(run(() -> image));
        } catch (EngineException e) {
            if (!e.isAbsent()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private DockerRun run(Wanted image) throws IOException, InterruptedException {
        ReadyPool.Guest guest = pool.arrive();
        boolean done = false;
        try {
            DockerRun run = staged(image.await(), guest);
            done = true;
            return run;
        } finally {
            if (!done) {
                guest.leave();
            }
        }
    }

    private DockerRun staged(Images.Found image, ReadyPool.Guest guest) throws IOException, InterruptedException {
        String name = parts.names().of(order.runName(), parts.chance());
        Staging staged = Staging.make(parts.staging(), name);
        boolean done = false;
        try {
            DockerRun run = placed(image, guest, name, staged);
            parts.runs().add(run);
            done = true;
            return run;
        } finally {
            if (!done) {
                staged.remove();
            }
        }
    }

    private DockerRun placed(Images.Found image, ReadyPool.Guest guest, String name, Staging staged)
            throws IOException, InterruptedException {
        try (Meanwhile<SourceFiles> filled = Meanwhile.start("source", () -> fill(staged))) {
            Place place = place(image, guest, name);
            boolean done = false;
            try {
                DockerRun run = new DockerRun(
                        parts.settings(),
                        order,
                        new AttendedLodging(place.lodging(), guest),
                        staged,
                        filled.await(),
                        furnishing(image),
                        place.mark(),
                        image.recorded(),
                        parts.runs()::remove);
                done = true;
                return run;
            } finally {
                if (!done) {
                    place.lodging().remove();
                }
            }
        }
    }

    private SourceFiles fill(Staging staged) throws IOException, InterruptedException {
        parts.filler().fill(order.source(), staged.workspace());
        return order.keepsUntracked() ? SourceFiles.in(staged.workspace()) : SourceFiles.none();
    }

    /**
     * Where no container has folders before its job comes, nobody could unpack anything; and what an entrypoint has prepared
     * says nothing of the image, and need not be as it was for others.
     */
    private Furnishing furnishing(Images.Found image) {
        DockerSettings settings = parts.settings();
        ReadySettings ready = settings.ready();
        return ready.containers() + ready.images() > 0 && !JobContainers.isEntered(order, image)
                ? new Furnishing(
                        settings.user(),
                        Optional.of(parts.unpackers().of(image)),
                        () -> containers.ready().want(image))
                : Furnishing.byEngine(settings.user());
    }

    private Place place(Images.Found image, ReadyPool.Guest guest, String name)
            throws IOException, InterruptedException {
        DockerEngine engine = containers.engine();
        Optional<ReadyContainer> ready =
                containers.takesReady(order, image) ? guest.take(image, name) : Optional.empty();
        if (ready.isPresent()) {
            EngineLodging started = new EngineLodging(ready.get().container(), JobNetwork.none(engine), true);
            return new Place(new ReadyLodging(started), ready.get().mark());
        }
        JobNetwork network = new JobNetwork.Maker(engine, parts.settings(), parts.images()).make(order, name);
        boolean done = false;
        try {
            String mark = parts.chance().letters(MARK_BYTES);
            JobContainers.Made made = containers.make(order, image, network.id(), name, mark);
            done = true;
            return new Place(new EngineLodging(made.container(), network, made.isFurnished()), mark);
        } finally {
            if (!done) {
                network.remove();
            }
        }
    }
}
