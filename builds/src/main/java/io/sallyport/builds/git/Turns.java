package io.sallyport.builds.git;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bound on how many fetches run at once, of which nobody has more than half. One more waits. Any thread. */
final class Turns {
    private final int atOnce;
    private final int share;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition free = lock.newCondition();
    private final Map<String, Integer> taken = new HashMap<>(); // guarded by the lock
    private int all; // guarded by the lock

    Turns(int atOnce) {
        this.atOnce = atOnce;
        this.share = Math.max(1, atOnce / 2);
    }

    /** One that runs; closed once when it has ended. */
    @FunctionalInterface
    interface Turn {
        void close();
    }

    /** Waits for a turn, so long at most; empty when none has come. */
    Optional<Turn> take(String who, Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (all >= atOnce || taken.getOrDefault(who, 0) >= share) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = free.awaitNanos(left);
            }
            all++;
            taken.merge(who, 1, Integer::sum);
            return Optional.of(() -> release(who));
        } finally {
            lock.unlock();
        }
    }

    private void release(String who) {
        lock.lock();
        try {
            all--;
            taken.computeIfPresent(who, (name, count) -> count > 1 ? count - 1 : null);
            free.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
