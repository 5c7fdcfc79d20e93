package io.sallyport.builds.executor.docker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this gateway has made on an engine and does not want any more: an engine that is restarted just then, or does not
 * answer, is asked again every second until it has removed it. What it had not been told to remove when this is closed is
 * found by its labels when a gateway comes next. Any thread.
 */
final class Removals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Tries of something that the engine refuses to remove: what is on a network may be about to go. */
    private static final int TRIES = 60;

    /** An engine may be away for days. */
    private static final int MOST = 10_000;

    private final Map<String, Owed> owed = new LinkedHashMap<>(); // this and what follows: guarded by this
    private @Nullable Thread thread;
    private boolean closed;

    /** Asks the engine to remove something. */
    interface Removal {
        /** Whether it was there. */
        boolean ask() throws EngineException, InterruptedException;
    }

    /** Something that is still to be removed. */
    private static final class Owed {
        final Removal removal;
        final Duration patience;
        boolean asked; // whether the engine has answered; guarded by the removals
        long since; // when it first did, by System.nanoTime; this and what follows is of the thread alone
        int refused;

        Owed(Removal removal, Duration patience) {
            this.removal = removal;
            this.patience = patience;
        }
    }

    /**
     * Removes something now, or as soon as the engine lets it; failures are logged.
     *
     * @param what it is, for words such as "container 4f2a"; nothing else has that name
     */
    void remove(String what, Removal removal) {
        try {
            removal.ask();
        } catch (EngineException e) {
            LOG.warn("{} is not removed yet: {}", what, e.getMessage());
            owe(what, new Owed(removal, Duration.ZERO));
        } catch (InterruptedException e) {
            owe(what, new Owed(removal, Duration.ZERO));
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Removes something, should it come to be: whether the engine has made it, or still does, is not known.
     *
     * @param patience how long after the engine has answered again
     */
    void removeShouldItCome(String what, Duration patience, Removal removal) {
        owe(what, new Owed(removal, patience));
    }

    private synchronized void owe(String what, Owed one) {
        if (owed.size() >= MOST) {
            LOG.warn("{} is left to the next gateway: too much is to be removed already", what);
        } else if (!closed) {
            owed.putIfAbsent(what, one);
            if (thread == null) {
                thread = Thread.ofVirtual().name("engine-removals").start(this::work);
            }
        }
    }

    private void work() {
        try {
            do {
                Thread.sleep(PERIOD);
                removeAll();
            } while (!isIdle());
        } catch (InterruptedException e) {
            LOG.debug("nothing more is removed");
        }
    }

    /** The thread ends with its work. */
    private synchronized boolean isIdle() {
        if (owed.isEmpty()) {
            thread = null;
        }
        return thread == null;
    }

    /** Each in the order in which they came: containers before the networks that they are on. */
    private void removeAll() throws InterruptedException {
        for (Map.Entry<String, Owed> each : snapshot()) {
            Owed one = each.getValue();
            try {
                boolean there = one.removal.ask();
                long now = System.nanoTime();
                one.since = one.asked ? one.since : now;
                answered(one);
                if (there || now - one.since >= one.patience.toNanos()) {
                    done(each.getKey());
                    LOG.info("{} is {}", each.getKey(), there ? "removed at last" : "not there");
                }
            } catch (EngineException e) {
                if (e.status() == EngineException.NONE) {
                    return; // none of the others fares better
                }
                answered(one);
                if (++one.refused == TRIES) {
                    done(each.getKey());
                    LOG.warn("{} is left behind: {}", each.getKey(), e.getMessage());
                }
            }
        }
    }

    private synchronized List<Map.Entry<String, Owed>> snapshot() {
        return new ArrayList<>(owed.entrySet());
    }

    private synchronized void answered(Owed one) {
        one.asked = true;
        notifyAll();
    }

    private synchronized void done(String what) {
        owed.remove(what);
    }

    /**
     * Waits until the engine has been asked for all that it was owed, so that what comes next finds the room that this took.
     *
     * @param deadline after which it is not waited for, by {@link System#nanoTime}
     */
    synchronized void await(long deadline) throws InterruptedException {
        for (Owed one : List.copyOf(owed.values())) {
            for (long left = deadline - System.nanoTime(); !one.asked && !closed && left > 0; ) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = deadline - System.nanoTime();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }
}
