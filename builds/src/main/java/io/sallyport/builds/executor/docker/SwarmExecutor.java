package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Isolation;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Node;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.executor.workspace.SourceFiles;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each job as a service of a Docker Swarm, on a node that its tags allow. For the job it is as with a
 * {@link DockerExecutor}; what differs is told in {@code docs/swarm.md}. Files and output go by the node's own engine.
 */
public final class SwarmExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SwarmExecutor.class);
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._-]+");
    private static final int NAME = 40;

    private final SwarmSettings settings;
    private final Path staging;
    private final WorkspaceFiller filler;
    private final Images images;
    private final Chance chance = new Chance();
    private final Set<DockerRun> runs = ConcurrentHashMap.newKeySet();
    private final OnDemand<Connected> reach = new OnDemand<>(this::connect);
    private volatile boolean closed;

    private SwarmExecutor(SwarmSettings settings, Path staging, WorkspaceFiller filler) {
        this.settings = settings;
        this.staging = staging;
        this.filler = filler;
        this.images = new Images(settings.docker().images());
    }

    /** A Swarm that has answered. */
    private record Connected(PlacedTask.Search search, TaskWatch watch) implements OnDemand.Connected {
        Swarm swarm() {
            return search.swarm();
        }

        @Override
        public void close() {
            watch.close();
            search.engines().close();
            swarm().manager().close();
        }
    }

    /**
     * Makes the staging folder, or empties it of what earlier gateways left. The Swarm is asked for when it is needed.
     *
     * @param filler puts a source into a folder
     * @throws IOException when the staging folder cannot be used
     */
    public static SwarmExecutor open(SwarmSettings settings, WorkspaceFiller filler) throws IOException {
        return new SwarmExecutor(settings, Staging.open(settings.docker().staging()), filler);
    }

    private Connected connect(Set<String> kept) throws IOException, InterruptedException {
        DockerSettings docker = settings.docker();
        DockerEngine manager = DockerEngine.connect(docker.address(), docker.limits());
        NodeEngines nodes = new NodeEngines(settings.nodes(), docker.limits());
        boolean done = false;
        try {
            if (!manager.speaks(1, 41)) {
                throw new IOException("the engine is too old for jobs in a Swarm: API 1.41 (Docker 20.10) is needed");
            }
            Swarm swarm = new Swarm(manager);
            PlacedTask.Search search = new PlacedTask.Search(swarm, nodes, settings);
            removeLeft(search, docker.gateway(), kept);
            Connected made = new Connected(search, new TaskWatch(swarm, docker.gateway()));
            done = true;
            return made;
        } finally {
            if (!done) {
                nodes.close();
                manager.close();
            }
        }
    }

    private static void removeLeft(PlacedTask.Search search, String gateway, Set<String> kept)
            throws EngineException, InterruptedException {
        for (Swarm.Made each : search.swarm().services(gateway)) {
            if (!kept.contains(each.labels().get(Labels.RUN))) {
                LOG.info("removing service {} of an earlier gateway", each.id());
                new SwarmService(search, each.id()).remove();
            }
        }
        for (Swarm.Made each : search.swarm().networks(gateway)) {
            if (!kept.contains(each.labels().get(Labels.RUN))) {
                LOG.info("removing network {} of an earlier gateway", each.id());
                search.swarm().removeNetwork(each.id());
            }
        }
    }

    @Override
    public String name() {
        return "swarm";
    }

    @Override
    public boolean usesImages() {
        return true;
    }

    @Override
    public Isolation isolation() {
        List<String> notices = settings.docker().user().uid() == 0
                ? List.of("jobs are root in their containers, without capabilities")
                : List.of();
        return new Isolation(
                "swarm", List.of("memory", "cpus", "pids", "filesystem", "capabilities", "network"), notices);
    }

    @Override
    public Run prepare(JobOrder order) throws IOException, InterruptedException {
        if (closed) {
            throw new IllegalStateException("the executor is closed");
        }
        order.check();
        for (String tag : order.job().work().tags()) {
            if (!TAG.matcher(tag).matches()) {
                throw new IOException(
                        "the tag " + tag + " cannot be one of a node's, which have letters, digits and" + " ._- only");
            }
        }
        Optional<String> wanted = order.job().work().image().map(Work.Image::name);
        images.allowed("the job", wanted);
        Connected now =
                order.attempt() > 1 ? reach.await(settings.docker().limits().call()) : reach.get();
        if (order.attempt() > 1) {
            now.swarm().manager().awaitAnswer();
        }
        Images.Found image = images.settle(now.swarm().manager(), "the job", wanted);
        String run = order.runName();
        String name = "sallyport-" + run.substring(0, Math.min(run.length(), NAME)) + "-" + chance.letters(6);
        Staging staged = Staging.make(staging, name);
        SwarmCompany company = null;
        boolean done = false;
        try {
            filler.fill(order.source(), staged.workspace());
            SourceFiles source = order.keepsUntracked() ? SourceFiles.in(staged.workspace()) : SourceFiles.none();
            company = SwarmCompany.make(now.search(), images, order, name);
            String mark = chance.letters(16);
            Map<String, String> labels = Labels.of(settings.docker().gateway(), order, Labels.JOB_ROLE);
            labels.put(Labels.MARK, mark);
            labels.put(Labels.IMAGE, image.recorded());
            String service = now.swarm()
                    .createService(
                            ServiceDescription.job(settings, order, name, labels, image.pinned(), company.network()),
                            images.credentials(image));
            DockerRun made = new DockerRun(
                    settings.docker(),
                    order,
                    new SwarmLodging(now.search(), now.watch(), sought(service, order), Entrypoint.of(order), company),
                    staged,
                    source,
                    Furnishing.byEngine(settings.docker().user()),
                    mark,
                    image.recorded(),
                    runs::remove);
            runs.add(made);
            done = true;
            return made;
        } finally {
            if (!done) {
                staged.remove();
                if (company != null) {
                    company.remove();
                }
            }
        }
    }

    private static PlacedTask.Sought sought(String service, JobOrder order) {
        return new PlacedTask.Sought(service, "the job", order.job().work().tags());
    }

    @Override
    public List<Node> nodes() throws IOException, InterruptedException {
        Map<String, Integer> jobs = new HashMap<>();
        runs.forEach(run -> run.node().ifPresent(name -> jobs.merge(name, 1, Integer::sum)));
        return reach.get().swarm().nodes().stream()
                .map(node -> node.told(jobs.getOrDefault(node.hostname(), 0)))
                .toList();
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
            LOG.warn("jobs are errored until the Swarm is there: {}", e.getMessage());
        }
    }

    @Override
    public Optional<Run> recover(JobOrder order, Commands commands, JobOutput output)
            throws IOException, InterruptedException {
        boolean answered = false;
        try {
            Optional<Run> run = recover(reach.await(settings.docker().limits().call()), order, commands, output);
            answered = true;
            return run;
        } finally {
            if (!answered) {
                giveUp(order.runName());
            }
        }
    }

    /** Nobody takes up that run any more: what is left of it goes when the Swarm is there. */
    private void giveUp(String run) {
        reach.keepNoMore(run)
                .ifPresent(now -> now.swarm()
                        .manager()
                        .removals()
                        .removeShouldItCome(
                                "run " + run, settings.docker().limits().call(), () -> remove(now, run)));
    }

    private boolean remove(Connected now, String run) throws EngineException, InterruptedException {
        String gateway = settings.docker().gateway();
        boolean any = false;
        for (Swarm.Made each : now.swarm().services(gateway)) {
            if (run.equals(each.labels().get(Labels.RUN))) {
                any = true;
                new SwarmService(now.search(), each.id()).remove();
            }
        }
        for (Swarm.Made each : now.swarm().networks(gateway)) {
            if (run.equals(each.labels().get(Labels.RUN))) {
                any = true;
                now.swarm().removeNetwork(each.id());
            }
        }
        return any;
    }

    private Optional<Run> recover(Connected now, JobOrder order, Commands commands, JobOutput output)
            throws IOException, InterruptedException {
        String gateway = settings.docker().gateway();
        List<String> beside = new ArrayList<>();
        Optional<Swarm.Made> found = Optional.empty();
        for (Swarm.Made each : now.swarm().services(gateway)) {
            if (order.runName().equals(each.labels().get(Labels.RUN))) {
                if (Labels.JOB_ROLE.equals(each.labels().get(Labels.ROLE))) {
                    found = Optional.of(each);
                } else {
                    beside.add(each.id());
                }
            }
        }
        Optional<String> network = now.swarm().networks(gateway).stream()
                .filter(each -> order.runName().equals(each.labels().get(Labels.RUN)))
                .map(Swarm.Made::id)
                .findFirst();
        SwarmCompany company = SwarmCompany.left(now.search(), network, beside);
        if (found.isEmpty()) {
            company.remove();
            return Optional.empty();
        }
        Staging staged = Staging.absent(staging, found.get().id());
        DockerRun run = new DockerRun(
                settings.docker(),
                order,
                new SwarmLodging(
                        now.search(), now.watch(), sought(found.get().id(), order), Entrypoint.of(order), company),
                staged,
                staged.sourceFiles(order, filler),
                Furnishing.byEngine(settings.docker().user()),
                found.get().labels().getOrDefault(Labels.MARK, ""),
                found.get().labels().getOrDefault(Labels.IMAGE, ""),
                runs::remove);
        runs.add(run);
        boolean taken = false;
        try {
            taken = now.swarm()
                            .task(found.get().id())
                            .filter(task -> !task.container().isEmpty())
                            .isPresent()
                    && run.resume(commands, output);
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
        reach.close();
    }
}
