package io.sallyport.gateway.transport;

import io.sallyport.gateway.settings.Config;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Penalties of sources of one family of addresses, as OpenSSH 10 has them: each offence adds its time, all of it runs
 * down with the clock, and from a threshold the source is refused until its time is over. Bounded. Not thread-safe.
 * Times are nanoseconds of a clock that never goes back.
 */
final class PenaltyTable {
    private final Config.Penalties settings;
    private final Map<String, Penalty> bySource = new HashMap<>();
    private final TreeSet<Penalty> byEnd =
            new TreeSet<>(Comparator.comparingLong(Penalty::end).thenComparing(Penalty::source));

    PenaltyTable(Config.Penalties settings) {
        this.settings = settings;
    }

    private record Penalty(String source, long end, boolean enforced) {}

    /** Adds to a source's time; whether that has made it one that is refused. */
    boolean add(String source, Duration time, long now) {
        forget(now);
        Penalty before = bySource.get(source);
        long left = (before == null ? 0 : before.end() - now) + time.toNanos();
        if (left <= 0) {
            return false;
        }
        long bounded = Math.min(left, settings.most().toNanos());
        boolean enforcedBefore = before != null && before.enforced();
        boolean enforced = enforcedBefore || bounded > settings.least().toNanos();
        remove(before);
        if (bySource.size() >= settings.sources()) {
            remove(byEnd.first());
        }
        put(new Penalty(source, now + bounded, enforced));
        return enforced && !enforcedBefore;
    }

    /** How long the source is still refused; zero when it is not. */
    Duration refused(String source, long now) {
        forget(now);
        Penalty penalty = bySource.get(source);
        if (penalty != null && penalty.enforced()) {
            return Duration.ofNanos(penalty.end() - now);
        }
        boolean overflow = settings.overflow() == Config.Overflow.DENY && bySource.size() >= settings.sources();
        return overflow && penalty == null ? Duration.ofNanos(byEnd.first().end() - now) : Duration.ZERO;
    }

    int size() {
        return bySource.size();
    }

    private void forget(long now) {
        while (!byEnd.isEmpty() && byEnd.first().end() <= now) {
            remove(byEnd.first());
        }
    }

    private void put(Penalty penalty) {
        bySource.put(penalty.source(), penalty);
        byEnd.add(penalty);
    }

    private void remove(@Nullable Penalty penalty) {
        if (penalty != null) {
            bySource.remove(penalty.source());
            byEnd.remove(penalty);
        }
    }
}
