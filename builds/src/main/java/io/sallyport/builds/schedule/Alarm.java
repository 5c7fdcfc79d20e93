package io.sallyport.builds.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where one thread waits for a time, while others may wake it because something has changed. */
public final class Alarm {
    /** Clocks are set, and machines sleep: how long a wait may go on by a clock that knows nothing of it. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;

    /** An alarm by that clock. */
    public Alarm(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Waits until the time has come, a minute has passed, or somebody wakes it; at once when somebody has since the last
     * wait.
     */
    public void await(Instant until) throws InterruptedException {
        lock.lock();
        try {
            long left = left(until);
            while (!woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait, or the next one. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long left(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return TimeUnit.NANOSECONDS.convert(left.compareTo(LONGEST) < 0 ? left : LONGEST);
    }
}
