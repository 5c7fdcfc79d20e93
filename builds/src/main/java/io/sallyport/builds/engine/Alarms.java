package io.sallyport.builds.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Wakes builds that wait for a time; each has one alarm at most. May be used by any thread. */
final class Alarms {
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final LongConsumer wake;
    private final Map<Long, Future<?>> set = new HashMap<>(); // guarded by this

    Alarms(ScheduledExecutorService timer, Clock clock, LongConsumer wake) {
        this.timer = timer;
        this.clock = clock;
        this.wake = wake;
    }

    /** Wakes the build then, instead of whenever it was to be woken before. Never too early. */
    synchronized void set(long build, Instant when) {
        clear(build);
        long millis = Math.max(0, Duration.between(clock.instant(), when).toMillis() + 1);
        set.put(build, timer.schedule(() -> ring(build), millis, TimeUnit.MILLISECONDS));
    }

    /** Lets the build sleep. */
    synchronized void clear(long build) {
        Future<?> before = set.remove(build);
        if (before != null) {
            before.cancel(false);
        }
    }

    private void ring(long build) {
        synchronized (this) {
            set.remove(build);
        }
        wake.accept(build);
    }
}
