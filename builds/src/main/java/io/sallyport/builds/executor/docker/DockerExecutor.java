package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.executor.workspace.SourceFiles;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each job in a container of the image that its spec names, on a Docker engine. All that the image needs is
 * {@code /bin/sh}. The job's shell is that, its standard input is empty, its environment is the image's with what the
 * order says on top, and {@code CI_PROJECT_DIR} and {@code SALLYPORT_WORKSPACE}; {@code HOME} and {@code TMPDIR} are its
 * own. What a job may do is told in {@code docs/docker.md}.
 *
 * <p>An engine that is not there is no reason for the gateway not to be: then jobs are errored until it is.
 */
public final class DockerExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(DockerExecutor.class);
    private static final String NEVER_STARTED = "created";
    private static final int NAME_BYTES = 6;
    private static final int MARK_BYTES = 16;

    private final DockerSettings settings;
    private final Path staging;
    private final WorkspaceFiller filler;
    private final Images images;
    private final Chance chance = new Chance();
    private final Set<DockerRun> runs = ConcurrentHashMap.newKeySet();
    private @Nullable DockerEngine engine; // this and what follows: guarded by this
    private Set<String> kept = Set.of();
    private volatile boolean closed;

    private DockerExecutor(DockerSettings settings, Path staging, WorkspaceFiller filler) {
        this.settings = settings;
        this.staging = staging;
        this.filler = filler;
        this.images = new Images(settings.images());
    }

    /**
     * Makes the staging folder, or empties it of what earlier gateways left. The engine is asked for when it is needed.
     *
     * @param filler puts a source into a folder
     * @throws IOException when the staging folder cannot be used
     */
    public static DockerExecutor open(DockerSettings settings, WorkspaceFiller filler) throws IOException {
        return new DockerExecutor(settings, Staging.open(settings.staging()), filler);
    }

    private synchronized DockerEngine engine() throws EngineException, InterruptedException {
        if (engine == null) {
            DockerEngine found = DockerEngine.connect(settings.address(), settings.limits());
            new Leftovers(found, settings.gateway()).remove(labels -> !kept.contains(labels.get(Labels.RUN)));
            engine = found;
        }
        return engine;
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public boolean usesImages() {
        return true;
    }

    @Override
    public Isolation isolation() {
        List<String> enforced = new ArrayList<>(
                List.of("memory", "cpus", "pids", "filesystem", "capabilities", "no-new-privileges", "network"));
        List<String> notices = settings.user().uid() == 0
                ? List.of("jobs are root in their containers, without capabilities")
                : List.of();
        return new Isolation("docker", enforced, notices);
    }

    @Override
    public Run prepare(JobOrder order) throws IOException, InterruptedException {
        if (closed) {
            throw new IllegalStateException("the executor is closed");
        }
        order.check();
        Optional<Work.Image> wanted = order.job().work().image();
        images.allowed("the job", wanted.map(Work.Image::name));
        DockerEngine now = engine();
        Images.Found image = images.find(now, "the job", wanted.map(Work.Image::name));
        String name = "sallyport-" + settings.gateway() + "-" + order.build() + "-" + chance.letters(NAME_BYTES);
        Staging staged = Staging.make(staging, name);
        JobNetwork network = null;
        boolean done = false;
        try {
            filler.fill(order.source(), staged.workspace());
            SourceFiles source = order.keepsUntracked() ? SourceFiles.in(staged.workspace()) : SourceFiles.none();
            network = new JobNetwork.Maker(now, settings, images).make(order, name);
            String mark = chance.letters(MARK_BYTES);
            Container container = create(now, order, image, network, name, mark);
            DockerRun run = new DockerRun(
                    settings,
                    order,
                    new EngineLodging(container, network),
                    staged,
                    source,
                    mark,
                    image.recorded(),
                    runs::remove);
            runs.add(run);
            done = true;
            return run;
        } finally {
            if (!done) {
                staged.remove();
                if (network != null) {
                    network.remove();
                }
            }
        }
    }

    private Container create(
            DockerEngine now, JobOrder order, Images.Found image, JobNetwork network, String name, String mark)
            throws EngineException, InterruptedException {
        Map<String, String> labels = Labels.of(settings.gateway(), order, Labels.JOB_ROLE);
        labels.put(Labels.MARK, mark);
        labels.put(Labels.IMAGE, image.recorded());
        return new Container(
                now,
                now.ask("make the container", client -> {
                            CreateContainerCmd command = client.createContainerCmd(image.id())
                                    .withName(name)
                                    .withLabels(labels)
                                    .withUser(settings.user().toString())
                                    .withStdinOpen(true)
                                    .withStdInOnce(true)
                                    .withAttachStdin(true)
                                    .withAttachStdout(true)
                                    .withAttachStderr(true)
                                    .withCmd("/bin/sh", "-c", OutputMark.firstProcess())
                                    .withHostConfig(new Containment(settings).job(network.id()));
                            order.job()
                                    .work()
                                    .image()
                                    .flatMap(Work.Image::entrypoint)
                                    .ifPresent(entrypoint ->
                                            command.withEntrypoint(entrypoint.isEmpty() ? List.of("") : entrypoint));
                            return command;
                        })
                        .getId());
    }

    @Override
    public boolean outlives() {
        return true;
    }

    @Override
    public synchronized void removeLeft(Set<String> keep) throws InterruptedException {
        kept = Set.copyOf(keep);
        try {
            engine();
        } catch (EngineException e) {
            LOG.warn("jobs are errored until the engine is there: {}", e.getMessage());
        }
    }

    @Override
    public Optional<Run> recover(JobOrder order, Commands commands, JobOutput output)
            throws IOException, InterruptedException {
        DockerEngine now = engine();
        Leftovers left = new Leftovers(now, settings.gateway());
        Optional<com.github.dockerjava.api.model.Container> found = left.job(order.runName());
        JobNetwork network = left.network(order.runName());
        if (found.isEmpty()) {
            network.remove();
            return Optional.empty();
        }
        Staging staged = Staging.absent(staging, found.get().getId());
        DockerRun run = new DockerRun(
                settings,
                order,
                new EngineLodging(new Container(now, found.get().getId()), network),
                staged,
                staged.sourceFiles(order, filler),
                found.get().getLabels().getOrDefault(Labels.MARK, ""),
                found.get().getLabels().getOrDefault(Labels.IMAGE, ""),
                runs::remove);
        runs.add(run);
        boolean taken = false;
        try {
            taken = !found.get().getState().equals(NEVER_STARTED) && run.resume(commands, output);
        } finally {
            if (!taken) {
                run.close();
            }
        }
        return taken ? Optional.of(run) : Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        runs.forEach(DockerRun::close);
        synchronized (this) {
            if (engine != null) {
                engine.close();
                engine = null;
            }
        }
    }
}
