package io.sallyport.gateway.events;

import io.sallyport.builds.OwnThread;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.database.DatabaseException;
import io.sallyport.handlers.LimitHits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of limits that are reached: of each limit and whoever has reached it one at once, and one more when a
 * window of time is over that says how often it was. So a flood of refusals is no flood of events. Whoever comes when too
 * many windows are open is counted together with others. Hits only count; a thread of its own writes.
 */
public final class LimitReports implements LimitHits.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LimitReports.class);
    private static final String LIMIT = "limit";

    private final EventLog events;
    private final Clock clock;
    private final Duration length;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fresh = lock.newCondition();
    private final Map<Key, Window> open = new LinkedHashMap<>(); // guarded by the lock; the oldest first
    private final List<NewEvent> due = new ArrayList<>(); // guarded by the lock; one of each window at most
    private final OwnThread thread;
    private boolean closed; // guarded by the lock

    private LimitReports(EventLog events, Clock clock, Duration length, int most) {
        this.events = events;
        this.clock = clock;
        this.length = length;
        this.most = most;
        this.thread =
                new OwnThread(Thread.ofPlatform().name("limit-reports").daemon().unstarted(this::work));
    }

    /**
     * Starts its thread.
     *
     * @param length of a window
     * @param most windows that are open at the same time
     */
    public static LimitReports start(EventLog events, Clock clock, Duration length, int most) {
        LimitReports reports = new LimitReports(events, clock, length, most);
        reports.thread.start();
        return reports;
    }

    /** A limit, and who has reached it; nobody for all that are counted together. */
    private record Key(String limit, Optional<String> identity, Optional<String> source) {}

    /** From the first hit on. */
    private record Window(Instant since, long hits) {
        Window more() {
            return new Window(since, hits + 1);
        }
    }

    @Override
    public void hit(String limit, Optional<String> identity, String source) {
        Key key = new Key(limit, identity, identity.isPresent() ? Optional.empty() : Optional.of(source));
        lock.lock();
        try {
            if (!open.containsKey(key) && open.size() >= most) {
                key = new Key(limit, Optional.empty(), Optional.empty());
            }
            Window before = open.get(key);
            if (before == null) {
                open.put(key, new Window(clock.instant(), 1));
                due.add(event(key).at(clock.instant()).fact("count", 1));
                fresh.signal();
            } else {
                open.put(key, before.more());
            }
        } finally {
            lock.unlock();
        }
    }

    private static NewEvent event(Key key) {
        return NewEvent.of(EventType.LIMIT_REACHED, new Subject.House())
                .fact(LIMIT, key.limit())
                .fact("identity", key.identity())
                .fact("source", key.source());
    }

    private void work() {
        boolean last = false;
        while (!last) {
            List<NewEvent> batch;
            lock.lock();
            try {
                awaitWork();
                last = closed;
                closeWindows(last);
                batch = List.copyOf(due);
                due.clear();
            } finally {
                lock.unlock();
            }
            write(batch);
        }
    }

    private void awaitWork() {
        try {
            while (due.isEmpty() && !closed) {
                Duration left = open.isEmpty()
                        ? length
                        : Duration.between(
                                clock.instant(),
                                open.values().iterator().next().since().plus(length));
                if (!left.isPositive()) {
                    return;
                }
                var _ = fresh.await(left.toMillis() + 1, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            closed = true; // nobody interrupts this thread
        }
    }

    private void closeWindows(boolean all) {
        Instant now = clock.instant();
        var windows = open.entrySet().iterator();
        while (windows.hasNext()) {
            Map.Entry<Key, Window> window = windows.next();
            Instant since = window.getValue().since();
            if (!all && since.plus(length).isAfter(now)) {
                return;
            }
            windows.remove();
            if (window.getValue().hits() > 1) {
                due.add(event(window.getKey())
                        .at(now)
                        .fact("count", window.getValue().hits())
                        .fact("since", since));
            }
        }
    }

    private void write(List<NewEvent> batch) {
        for (NewEvent event : batch) {
            try {
                events.add(event);
            } catch (DatabaseException e) {
                LOG.warn("a limit was reached, and that could not be told as an event: {}", event.facts(), e);
            }
        }
    }

    /** Writes what has been counted, and ends its thread. Repeated calls do nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            fresh.signal();
        } finally {
            lock.unlock();
        }
        thread.awaitEnd();
    }
}
