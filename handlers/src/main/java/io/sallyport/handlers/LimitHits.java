package io.sallyport.handlers;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often each limit has been reached since the start. Each is logged, at most once a second, so that a flood of
 * refusals is no flood of lines. May be used by any thread; never blocks for long.
 */
public final class LimitHits {
    private static final Logger LOG = LoggerFactory.getLogger(LimitHits.class);
    private static final long BETWEEN_LINES = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Listener listener;
    private final SortedMap<String, Hits> byLimit = new TreeMap<>(); // guarded by this

    /** None yet. The clock gives nanoseconds and never goes back; the listener is told of each hit. */
    public LimitHits(LongSupplier nanoTime, Listener listener) {
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /** Whoever wants to know of each hit. Called on the thread that has hit the limit, which must not wait. */
    @FunctionalInterface
    public interface Listener {
        /** Somebody has reached a limit; see {@link LimitHits#hit}. */
        void hit(String limit, Optional<String> identity, String source);
    }

    /** Of one limit: all hits, those told in the log, and when the log was told last. */
    private record Hits(long count, long told, long toldAt) {}

    /**
     * Counts one.
     *
     * @param limit one of a fixed set of names: a setting's, or the type of a problem
     * @param identity who has reached it; empty before the login
     * @param source the address that they come from, without its port, or its network
     */
    public void hit(String limit, Optional<String> identity, String source) {
        count(limit, identity.map(who -> who + " from " + source).orElse(source));
        listener.hit(limit, identity, source);
    }

    private synchronized void count(String limit, String whose) {
        long now = nanoTime.getAsLong();
        Hits before = byLimit.get(limit);
        long count = before == null ? 1 : before.count() + 1;
        if (before != null && now - before.toldAt() < BETWEEN_LINES) {
            byLimit.put(limit, new Hits(count, before.told(), before.toldAt()));
            return;
        }
        long more = before == null ? 0 : count - before.told() - 1;
        LOG.warn("limit reached limit={} by={} not-logged-before={} since-start={}", limit, whose, more, count);
        byLimit.put(limit, new Hits(count, count, now));
    }

    /** The counts by limit; those that were never reached are not in it. */
    public synchronized SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        byLimit.forEach((limit, hits) -> counts.put(limit, hits.count()));
        return Collections.unmodifiableSortedMap(counts);
    }
}
