package io.sallyport.builds.executor.docker;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Swarm knows of the end of a service's container that has not ended by itself.
 *
 * @param service its id
 */
record TaskEnd(Swarm swarm, String service) {
    /** Why a service has no task. */
    static final String REMOVED = "somebody has removed the job's service";

    private static final Logger LOG = LoggerFactory.getLogger(TaskEnd.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration AGAIN = Duration.ofMillis(100);

    /**
     * Waits, some seconds at most, until the Swarm knows of the end.
     *
     * @return empty when it has not wanted it, or does not answer
     */
    Optional<String> await() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                Optional<SwarmTask> task = swarm.task(service);
                if (task.isEmpty()) {
                    return Optional.of(REMOVED);
                }
                Optional<String> why =
                        why(task.get(), Optional.of(swarm.node(task.get().node())));
                if (why.isPresent() || task.get().isOver() || System.nanoTime() > deadline) {
                    return why;
                }
                Thread.sleep(AGAIN);
            }
        } catch (EngineException e) {
            if (e.isAbsent()) {
                return Optional.of(REMOVED);
            }
            LOG.debug("why the container of service {} has ended is not known: {}", service, e.getMessage());
            return Optional.empty();
        }
    }

    /** Why a task's container does not run; empty when the Swarm says no more of it than the container's engine does. */
    static Optional<String> why(SwarmTask task, Optional<SwarmNode> node) {
        if (node.isPresent() && node.get().isDown()) {
            return Optional.of(node.get().whyDown());
        }
        if (!task.wanted() && node.isPresent() && node.get().isDrained()) {
            return Optional.of("its node " + node.get().hostname() + " was drained");
        }
        return task.state() == SwarmTask.State.FAILED
                ? Optional.of("the Swarm says of it: " + task.words())
                : Optional.empty();
    }
}
