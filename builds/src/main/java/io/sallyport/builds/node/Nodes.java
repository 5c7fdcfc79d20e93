package io.sallyport.builds.node;

import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machines that jobs run on: looked at again and again on a thread of its own, so that whoever asks never waits for an
 * engine, and what has changed is an event. Any thread.
 */
public final class Nodes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Executor executor;
    private final EventLog events;
    private final CountDownLatch looked = new CountDownLatch(1);
    private final Thread thread;
    private volatile List<Node> now = List.of();
    private Map<String, Node> before = Map.of(); // of the thread alone

    private Nodes(Executor executor, EventLog events) {
        this.executor = executor;
        this.events = events;
        this.thread = Thread.ofVirtual().name("nodes").unstarted(this::look);
    }

    /** Looks from now on, every five seconds. To be closed before the executor and the events. */
    public static Nodes watch(Executor executor, EventLog events) {
        Nodes nodes = new Nodes(executor, events);
        nodes.thread.start();
        return nodes;
    }

    /**
     * As they were at the last look, in the order of their names.
     *
     * @throws InterruptedException when interrupted before the first look is over
     */
    public List<Node> now() throws InterruptedException {
        return looked.await(EVERY.toMillis(), TimeUnit.MILLISECONDS) ? now : List.of();
    }

    private void look() {
        try {
            while (true) {
                take(executor.nodes());
                looked.countDown();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            LOG.debug("nodes are not looked at any more"); // only close() interrupts
        }
    }

    private void take(List<Node> found) {
        Map<String, Node> after = new TreeMap<>();
        found.forEach(node -> after.put(node.name(), node));
        after.forEach((name, node) -> {
            Optional<Node> known = Optional.ofNullable(before.get(name));
            if (node.state() != known.map(Node::state).orElse(Node.State.READY)) {
                tell(node);
            }
        });
        before.forEach((name, node) -> {
            if (!after.containsKey(name) && node.state() != Node.State.DOWN) {
                tell(Node.down(name, "it is not one of the nodes any more", 0));
            }
        });
        before = after;
        now = List.copyOf(after.values());
    }

    private void tell(Node node) {
        LOG.info("node {} is {} {}", node.name(), node.state().label(), node.reason());
        EventType type = node.state() == Node.State.READY ? EventType.NODE_READY : EventType.NODE_LEFT;
        NewEvent event = NewEvent.of(type, new Subject.House())
                .fact("node", node.name())
                .fact("state", node.state().label());
        try {
            events.add(node.reason().isEmpty() ? event : event.fact("reason", node.reason()));
        } catch (RuntimeException e) { // a full disk is no reason to look no more
            LOG.warn("that node {} has changed is no event", node.name(), e);
        }
    }

    /** Looks no more. Repeated calls do nothing. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
