package io.sallyport.builds.executor.docker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a gateway's tasks every second, while there are any: a machine that is cut off says nothing of what becomes of
 * its containers, but its Swarm does. A Swarm that does not answer is no reason to give up anything. Any thread.
 */
final class TaskWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Looks at a container that has ended: what is read from it tells by itself, sooner or later. */
    private static final int PATIENCE = 15;

    private final Swarm swarm;
    private final String gateway;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>(); // by service
    private @Nullable Thread thread; // guarded by this

    TaskWatch(Swarm swarm, String gateway) {
        this.swarm = swarm;
        this.gateway = gateway;
    }

    /** Somebody who wants to know. The count is of the watch's thread alone. */
    private static final class Watched {
        final Consumer<String> gone;
        int ended;

        Watched(Consumer<String> gone) {
            this.gone = gone;
        }
    }

    /** Looks at the task of a service from now on; tells once that its container is gone, and why. */
    synchronized void add(String service, Consumer<String> gone) {
        watched.put(service, new Watched(gone));
        if (thread == null) {
            thread = Thread.ofVirtual().name("task-watch").start(this::look);
        }
    }

    void remove(String service) {
        watched.remove(service);
    }

    private void look() {
        try {
            boolean answered = true;
            do {
                Thread.sleep(PERIOD);
                try {
                    lookOnce();
                    answered = true;
                } catch (EngineException e) {
                    if (answered) { // not every second
                        LOG.warn("the Swarm's tasks cannot be looked at: {}", e.getMessage());
                    }
                    answered = false;
                }
            } while (!isIdle());
        } catch (InterruptedException e) {
            LOG.debug("the watch ends");
        }
    }

    /** The thread ends with its work. */
    private synchronized boolean isIdle() {
        if (watched.isEmpty()) {
            thread = null;
        }
        return thread == null;
    }

    private void lookOnce() throws EngineException, InterruptedException {
        Map<String, Watched> asked = new HashMap<>(watched); // before the tasks: each of these has been there
        Map<String, SwarmTask> tasks = swarm.tasks(gateway).stream()
                .collect(Collectors.toMap(SwarmTask::service, Function.identity(), (one, other) -> other));
        Map<String, SwarmNode> nodes =
                swarm.nodes().stream().collect(Collectors.toMap(SwarmNode::id, Function.identity()));
        asked.forEach((service, each) -> {
            Optional<String> why = Optional.ofNullable(tasks.get(service))
                    .map(task -> gone(task, Optional.ofNullable(nodes.get(task.node())), each))
                    .orElse(Optional.of(TaskEnd.REMOVED));
            if (why.isPresent() && watched.remove(service, each)) {
                each.gone.accept(why.get());
            }
        });
    }

    private static Optional<String> gone(SwarmTask task, Optional<SwarmNode> node, Watched each) {
        if (node.isPresent() && node.get().isDown()) {
            return Optional.of(node.get().whyDown());
        }
        each.ended = !task.wanted() || task.isOver() ? each.ended + 1 : 0;
        return each.ended > PATIENCE
                ? Optional.of("the job's container has ended: "
                        + TaskEnd.why(task, node).orElse(task.words()))
                : Optional.empty();
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }
}
