package io.sallyport.builds.executor.docker;

import java.time.Duration;
import java.util.List;

/**
 * How jobs run as services of a Swarm.
 *
 * @param docker as for one engine; its address is that of one of the Swarm's managers, and its certificates are for the
 *     nodes' engines, too
 * @param nodes where these answer
 * @param constraints that a node has to meet for every job, as {@code docker service create} takes them, such as
 *     {@code node.role==worker}
 * @param reserved what a node has to have left for a job or a service
 * @param placement how long a job may wait for a node
 */
public record SwarmSettings(
        DockerSettings docker, NodeAddress nodes, List<String> constraints, Reserved reserved, Duration placement) {
    /**
     * What is kept free for one container.
     *
     * @param memoryBytes 0 for nothing
     * @param cpus processors, also parts of one; 0 for nothing
     */
    public record Reserved(long memoryBytes, double cpus) {}

    /** Refuses what no Swarm can do. */
    public SwarmSettings {
        constraints = List.copyOf(constraints);
        for (String each : constraints) {
            if (!each.matches("[A-Za-z_][A-Za-z0-9._-]*(==|!=)[^=!].*")) {
                throw new IllegalArgumentException(
                        "not a constraint, which are written as node.role==worker or node.labels.disk!=slow: " + each);
            }
        }
        if (docker.runtime().isPresent()) {
            throw new IllegalArgumentException("a Swarm cannot be asked for a runtime: make "
                    + docker.runtime().get()
                    + " the default runtime of its nodes' engines, and leave out docker.runtime");
        }
        if (reserved.memoryBytes() > docker.container().memoryBytes()
                || reserved.cpus() > docker.container().cpus()) {
            throw new IllegalArgumentException("what is reserved for a container is more than it may use: " + reserved);
        }
        if (!placement.isPositive()) {
            throw new IllegalArgumentException("no time for a node to be found: " + placement);
        }
    }
}
