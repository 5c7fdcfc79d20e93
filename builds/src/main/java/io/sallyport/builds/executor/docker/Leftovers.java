package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.model.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is on an engine with this gateway's label. */
record Leftovers(DockerEngine engine, String gateway) {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** Its containers, whether they run or not. */
    List<com.github.dockerjava.api.model.Container> containers() throws EngineException, InterruptedException {
        return engine.ask(
                "list containers",
                client -> client.listContainersCmd().withShowAll(true).withLabelFilter(Labels.of(gateway)));
    }

    /** Its networks. */
    List<Network> networks() throws EngineException, InterruptedException {
        return engine.ask(
                "list networks",
                client -> client.listNetworksCmd().withFilter("label", Set.of(Labels.GATEWAY + "=" + gateway)));
    }

    /** The job's own container of a run. */
    Optional<com.github.dockerjava.api.model.Container> job(String run) throws EngineException, InterruptedException {
        return containers().stream()
                .filter(each -> isOf(each, run, Labels.JOB_ROLE) || isOf(each, run, Labels.READY_ROLE))
                .findFirst();
    }

    /** Containers that were made ready, and that no run has taken. */
    List<com.github.dockerjava.api.model.Container> unused() throws EngineException, InterruptedException {
        return containers().stream()
                .filter(each -> Labels.READY_ROLE.equals(each.getLabels().get(Labels.ROLE))
                        && run(each).isEmpty())
                .toList();
    }

    /** The network of a run with its services. */
    JobNetwork network(String run) throws EngineException, InterruptedException {
        Map<String, Container> services = new LinkedHashMap<>();
        containers().stream()
                .filter(each -> isOf(each, run, Labels.SERVICE_ROLE))
                .forEach(each -> services.put(each.getId(), new Container(engine, each.getId())));
        Optional<String> id = networks().stream()
                .filter(each -> run.equals(each.getLabels().get(Labels.RUN)))
                .map(Network::getId)
                .findFirst();
        return JobNetwork.left(engine, id, services);
    }

    /** That a container belongs to, by its label or, where it has taken a container that was ready, by its name. */
    private Optional<String> run(com.github.dockerjava.api.model.Container container) {
        return Optional.ofNullable(container.getLabels().get(Labels.RUN))
                .or(() -> Stream.of(container.getNames())
                        .flatMap(name -> new ContainerNames(gateway).run(name).stream())
                        .findFirst());
    }

    private boolean isOf(com.github.dockerjava.api.model.Container container, String run, String role) {
        return run(container).filter(run::equals).isPresent()
                && role.equals(container.getLabels().get(Labels.ROLE));
    }

    /** Removes what is left of a run; whether there was anything. */
    boolean remove(String run) throws EngineException, InterruptedException {
        boolean any = false;
        for (com.github.dockerjava.api.model.Container each : containers()) {
            if (run(each).filter(run::equals).isPresent()) {
                any = true;
                new Container(engine, each.getId()).removeOrLog();
            }
        }
        for (Network each : networks()) {
            if (run.equals(each.getLabels().get(Labels.RUN))) {
                any = true;
                JobNetwork.removeNetwork(engine, each.getId());
            }
        }
        return any;
    }

    /** Removes what does not belong to some runs: containers first, then networks. What cannot be removed is logged. */
    void removeAllBut(Set<String> runs) throws EngineException, InterruptedException {
        for (com.github.dockerjava.api.model.Container each : containers()) {
            if (run(each).filter(runs::contains).isEmpty()) {
                LOG.info("removing container {} of an earlier gateway", each.getId());
                new Container(engine, each.getId()).removeOrLog();
            }
        }
        for (Network each : networks()) {
            if (Optional.ofNullable(each.getLabels().get(Labels.RUN))
                    .filter(runs::contains)
                    .isEmpty()) {
                LOG.info("removing network {} of an earlier gateway", each.getName());
                JobNetwork.removeNetwork(engine, each.getId());
            }
        }
    }
}
