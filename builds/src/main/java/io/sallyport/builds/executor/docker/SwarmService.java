package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.docker.SwarmTask.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that this gateway has made, to be removed with its container.
 *
 * @param search by which its task is found
 * @param id in the Swarm
 */
record SwarmService(PlacedTask.Search search, String id) {
    private static final Logger LOG = LoggerFactory.getLogger(SwarmService.class);
    /** The label that nodes give to a container, with the id of its service. */
    private static final String OWNER = "com.docker.swarm.service.id";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMillis(50);

    /**
     * Removes it, and its container by the engine of its node, which else would do so only by and by. A node that is down is
     * not asked: it removes the container itself, when it is back. Failures are logged.
     */
    void remove() {
        try {
            Optional<SwarmTask> task =
                    search.swarm().task(id).filter(each -> !each.node().isEmpty());
            search.swarm().removeService(id);
            if (task.isPresent()) {
                removeContainer(task.get());
            }
        } catch (IOException e) {
            LOG.warn("the container of service {} is left to its node: {}", id, e.getMessage());
            search.swarm().removeService(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeContainer(SwarmTask task) throws IOException, InterruptedException {
        SwarmNode node = search.swarm().node(task.node());
        if (node.isDown()) {
            return;
        }
        DockerEngine engine = search.engines().of(node);
        if (!task.container().isEmpty()) {
            new Container(engine, task.container()).remove();
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean gone = task.state() == State.FAILED;
        do { // it may be about to be made
            for (var each : made(engine)) {
                new Container(engine, each.getId()).remove();
                gone = true;
            }
            gone = gone || isGone(task.id());
            if (!gone) {
                Thread.sleep(AGAIN);
            }
        } while (!gone && System.nanoTime() < deadline);
        for (var each : made(engine)) {
            new Container(engine, each.getId()).remove();
        }
    }

    private List<com.github.dockerjava.api.model.Container> made(DockerEngine engine)
            throws EngineException, InterruptedException {
        return engine.ask(
                "list the service's containers",
                client -> client.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(OWNER, id)));
    }

    private boolean isGone(String task) throws EngineException, InterruptedException {
        try {
            search.swarm().manager().document("look at the task", "/tasks/" + task);
            return false;
        } catch (EngineException e) {
            if (e.isAbsent()) {
                return true;
            }
            throw e;
        }
    }
}
