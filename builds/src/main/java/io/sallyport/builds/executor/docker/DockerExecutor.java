package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Node;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final DockerSettings settings;
    private final Set<DockerRun> runs = ConcurrentHashMap.newKeySet();
    private final Preparation.Parts parts;
    private final OnDemand<Connected> reach = new OnDemand<>(this::connect);
    private volatile Optional<Node> machine = Optional.empty(); // as it was last seen
    private volatile boolean closed;

    private DockerExecutor(DockerSettings settings, Path staging, WorkspaceFiller filler) {
        this.settings = settings;
        this.parts = Preparation.Parts.of(settings, staging, filler, runs);
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

    /** An engine that has answered, and what waits on it. */
    private record Connected(JobContainers containers, ReadyPool pool) implements OnDemand.Connected {
        DockerEngine engine() {
            return containers.engine();
        }

        @Override
        public void close() {
            pool.close();
            containers.ready().close();
            engine().close();
        }
    }

    private Connected connect(Set<String> kept) throws EngineException, InterruptedException {
        DockerEngine found = DockerEngine.connect(settings.address(), settings.limits());
        boolean done = false;
        try {
            new Leftovers(found, settings.gateway()).removeAllBut(kept);
            JobContainers containers = new JobContainers(found, settings, ReadyImages.open(found, settings));
            Connected made = new Connected(containers, ReadyPool.open(settings, containers, parts.images()));
            done = true;
            return made;
        } finally {
            if (!done) {
                found.close();
            }
        }
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
        parts.images().allowed("the job", order.job().work().image().map(Work.Image::name));
        // The first attempt may have been lost with an engine that is restarted.
        Connected now = order.attempt() > 1 ? reach.await(settings.limits().call()) : reach.get();
        if (order.attempt() > 1) {
            now.engine().awaitAnswer();
        }
        return new Preparation(parts, now.containers(), now.pool(), order).run();
    }

    /** How containers made ahead have served so far. Any thread. */
    public ReadyCount ready() {
        return reach.known().map(now -> now.pool().count()).orElse(ReadyCount.NONE);
    }

    /** The engine's machine; one that has answered once and does not any more is down. */
    @Override
    public List<Node> nodes() throws IOException, InterruptedException {
        Optional<Node> known = machine;
        try {
            Node now = Node.ready(reach.get().engine().name(), runs.size());
            machine = Optional.of(now);
            return List.of(now);
        } catch (IOException e) {
            return List.of(known.orElseThrow(() -> e).but(Node.State.DOWN, "the engine does not answer"));
        }
    }

    @Override
    public boolean outlives() {
        return true;
    }

    @Override
    public void removeLeft(Set<String> keep) throws InterruptedException {
        try {
            reach.keeping(keep);
        } catch (IOException e) {
            LOG.warn("jobs are errored until the engine is there: {}", e.getMessage());
        }
    }

    @Override
    public Optional<Run> recover(JobOrder order, Commands commands, JobOutput output)
            throws IOException, InterruptedException {
        boolean answered = false;
        try {
            // Where a machine starts, its engine may come after the gateway.
            Optional<Run> run = recover(reach.await(settings.limits().call()), order, commands, output);
            answered = true;
            return run;
        } finally {
            if (!answered) {
                giveUp(order.runName());
            }
        }
    }

    /** Nobody takes up that run any more: what is left of it goes when the engine is there. */
    private void giveUp(String run) {
        reach.keepNoMore(run)
                .map(Connected::engine)
                .ifPresent(engine -> engine.removals()
                        .removeShouldItCome(
                                "run " + run,
                                settings.limits().call(),
                                () -> new Leftovers(engine, settings.gateway()).remove(run)));
    }

    private Optional<Run> recover(Connected now, JobOrder order, Commands commands, JobOutput output)
            throws IOException, InterruptedException {
        Leftovers left = new Leftovers(now.engine(), settings.gateway());
        Optional<com.github.dockerjava.api.model.Container> found = left.job(order.runName());
        JobNetwork network = left.network(order.runName());
        if (found.isEmpty()) {
            network.remove();
            return Optional.empty();
        }
        Staging staged = Staging.absent(parts.staging(), found.get().getId());
        Container container = new Container(now.engine(), found.get().getId());
        ReadyPool.Guest guest = now.pool().arrive();
        guest.settle();
        DockerRun run = new DockerRun(
                settings,
                order,
                new AttendedLodging(new EngineLodging(container, network, true), guest),
                staged,
                staged.sourceFiles(order, parts.filler()),
                Furnishing.byEngine(settings.user()),
                found.get().getLabels().getOrDefault(Labels.MARK, ""),
                found.get().getLabels().getOrDefault(Labels.IMAGE, ""),
                runs::remove);
        runs.add(run);
        boolean taken = false;
        try {
            taken = isTold(found.get(), container) && run.resume(commands, output);
        } finally {
            if (!taken) {
                run.close();
            }
        }
        return taken ? Optional.of(run) : Optional.empty();
    }

    /** Whether it has been given its script: one that was started ahead says nothing before, and is never given it now. */
    private static boolean isTold(com.github.dockerjava.api.model.Container found, Container container)
            throws IOException, InterruptedException {
        return Labels.READY_ROLE.equals(found.getLabels().get(Labels.ROLE))
                ? container.hasPrinted()
                : !found.getState().equals(NEVER_STARTED);
    }

    @Override
    public void close() {
        closed = true;
        runs.forEach(DockerRun::close);
        reach.close();
    }
}
