package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The engines of a Swarm's nodes, each asked for when it is first needed. Any thread. */
final class NodeEngines implements AutoCloseable {
    private final NodeAddress addresses;
    private final DockerLimits limits;
    private final Map<EngineAddress, DockerEngine> known = new ConcurrentHashMap<>();

    NodeEngines(NodeAddress addresses, DockerLimits limits) {
        this.addresses = addresses;
        this.limits = limits;
    }

    /**
     * That of a node.
     *
     * @throws IOException when it has no address, cannot be reached, or cannot be used
     */
    DockerEngine of(SwarmNode node) throws IOException, InterruptedException {
        EngineAddress address = addresses.of(node);
        DockerEngine there = known.get(address);
        if (there != null) {
            return there;
        }
        DockerEngine found = DockerEngine.connect(address, limits); // perhaps by two at once, which does no harm
        DockerEngine other = known.putIfAbsent(address, found);
        if (other == null) {
            return found;
        }
        found.close();
        return other;
    }

    @Override
    public void close() {
        known.values().forEach(DockerEngine::close);
        known.clear();
    }
}
