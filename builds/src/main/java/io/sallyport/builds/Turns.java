package io.sallyport.builds;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bound on how much of something is under way at once, of which nobody has more than a share. One more waits. Any thread. */
public final class Turns {
    private final int atOnce;
    private final int share;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition free = lock.newCondition();
    private final Map<String, Integer> taken = new HashMap<>(); // guarded by the lock
    private int all; // guarded by the lock

    /** So many at once, and at most {@code share} for one taker. */
    public Turns(int atOnce, int share) {
        this.atOnce = atOnce;
        this.share = share;
    }

    /** What is under way; closed once when it has ended. */
    @FunctionalInterface
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a turn, so long at most; empty when none has come. */
    public Optional<Turn> take(String who, Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (isFull(who)) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = free.awaitNanos(left);
            }
            return Optional.of(begin(who));
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a turn, however long that takes. */
    public Turn take(String who) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isFull(who)) {
                free.await();
            }
            return begin(who);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(String who) {
        return all >= atOnce || taken.getOrDefault(who, 0) >= share;
    }

    private Turn begin(String who) {
        all++;
        taken.merge(who, 1, Integer::sum);
        return () -> end(who);
    }

    private void end(String who) {
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
