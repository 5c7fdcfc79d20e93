package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.model.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
                .filter(each -> isOf(each, run, Labels.JOB_ROLE))
                .findFirst();
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

    private static boolean isOf(com.github.dockerjava.api.model.Container container, String run, String role) {
        return run.equals(container.getLabels().get(Labels.RUN))
                && role.equals(container.getLabels().get(Labels.ROLE));
    }

    /** Removes what is meant: containers first, then networks. What cannot be removed is logged. */
    void remove(Predicate<Map<String, String>> meant) throws EngineException, InterruptedException {
        for (com.github.dockerjava.api.model.Container each : containers()) {
            if (meant.test(each.getLabels())) {
                LOG.info("removing container {} of an earlier gateway", each.getId());
                new Container(engine, each.getId()).removeOrLog();
            }
        }
        for (Network each : networks()) {
            if (meant.test(each.getLabels())) {
                LOG.info("removing network {} of an earlier gateway", each.getName());
                JobNetwork.removeNetwork(engine, each.getId());
            }
        }
    }
}
