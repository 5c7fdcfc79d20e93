package io.sallyport.builds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something about whatever is marked, once in a tick however often it is marked. A thread of its own does it, which
 * blocks while nothing is marked.
 *
 * @param <T> what can be marked; compared by equals
 */
public final class Ticker<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final Duration before;
    private final Supplier<Duration> after;
    private final Consumer<T> action;
    private final Set<T> marked = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>(); // holds each marked one once
    private final String name;
    private final OwnThread thread;

    /**
     * Starts the thread.
     *
     * @param name of the thread, for dumps
     * @param before how long it waits from the first mark to the action
     * @param after how long it rests after the action, whatever is marked; asked each time
     * @param action what is done with each that is marked; one that throws is logged
     */
    public Ticker(String name, Duration before, Supplier<Duration> after, Consumer<T> action) {
        this.before = before;
        this.after = after;
        this.action = action;
        this.name = name;
        this.thread = new OwnThread(Thread.ofPlatform().name(name).daemon().unstarted(this::work));
        thread.start();
    }

    /** Asks for the action, which begins after this call. Costs next to nothing when it is asked for already. */
    public void mark(T what) {
        if (marked.add(what)) {
            waiting.add(what);
        }
    }

    private void work() {
        List<T> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(waiting.take());
                Thread.sleep(before);
                waiting.drainTo(batch);
                batch.forEach(this::act);
                batch.clear();
                Thread.sleep(after.get());
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends", name); // only close() interrupts
        }
    }

    private void act(T what) {
        marked.remove(what);
        try {
            action.accept(what);
        } catch (RuntimeException e) {
            LOG.error("{} failed for {}", name, what, e);
        }
    }

    /** Ends the thread after the action under way. Repeated calls do nothing. */
    @Override
    public void close() {
        thread.close();
    }
}
