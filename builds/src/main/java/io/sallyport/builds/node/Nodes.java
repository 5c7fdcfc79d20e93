package io.sallyport.builds.node;

import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The machines that jobs run on: looked at again and again on a thread of its own, so that whoever asks never waits for an
 * engine, and what has changed is an event. Any thread.
 */
public final class Nodes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final String GONE = "it is not one of the nodes any more";
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Executor executor;
    private final EventLog events;
    private final CountDownLatch looked = new CountDownLatch(1);
    private final Thread thread;
    private volatile List<Node> now = List.of();
    private final Map<String, Node.State> told = new HashMap<>(); // of the thread alone, like what follows
    private boolean asked = true;

    Nodes(Executor executor, EventLog events) {
        this.executor = executor;
        this.events = events;
        this.thread = Thread.ofVirtual().name("nodes").unstarted(this::work);
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

    private void work() {
        try {
            while (true) {
                look();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            LOG.debug("nodes are not looked at any more"); // only close() interrupts
        }
    }

    /** Looks once; by one thread at a time. */
    void look() throws InterruptedException {
        List<Node> found = found();
        now = found;
        looked.countDown();
        found.stream().filter(node -> node.state() != Node.State.UNKNOWN).forEach(this::compare);
    }

    /** Those there are, and those that are not there any more; as they were, but unknown, while nobody can be asked. */
    private List<Node> found() throws InterruptedException {
        try {
            Map<String, Node> found = new TreeMap<>();
            executor.nodes().forEach(node -> found.merge(node.name(), node, Nodes::better));
            Set<String> gone = new HashSet<>(told.keySet());
            gone.removeAll(found.keySet());
            gone.forEach(name -> compare(new Node(name, Node.State.DOWN, GONE, Set.of(), 0)));
            told.keySet().retainAll(found.keySet());
            asked = true;
            return List.copyOf(found.values());
        } catch (IOException | RuntimeException e) { // a bug is no reason to look no more
            if (asked) {
                LOG.info("how the nodes are is not known: {}", String.valueOf(e.getMessage()));
            }
            asked = false;
            return now.stream()
                    .map(node -> node.but(Node.State.UNKNOWN, "nobody who knows answers"))
                    .toList();
        }
    }

    /** Of two with one name: a Swarm goes on listing what a machine was before it joined anew. */
    private static Node better(Node one, Node other) {
        return one.state().compareTo(other.state()) <= 0 ? one : other;
    }

    /** Tells what has changed since the last time that something was told of it. */
    private void compare(Node node) {
        Node.State last = told.put(node.name(), node.state());
        if (node.state() != (last == null ? Node.State.READY : last)) {
            tell(node);
        }
    }

    private void tell(Node node) {
        String why = node.reason().isEmpty() ? "" : ": " + node.reason();
        LOG.atLevel(node.state() == Node.State.DOWN ? Level.WARN : Level.INFO)
                .log("node {} is {}{}", node.name(), node.state().label(), why);
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
