package io.sallyport.builds.source;

import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bound on how many compressed sources are read at once. Each takes up to {@link Packing#LARGEST_WINDOW} bytes for
 * as long as its peer likes to send or to receive, which else would add up to all memory there is. One more than
 * allowed waits for its turn. Nobody has more than a share, so that one who sends slowly keeps out nobody else.
 */
final class Decoders {
    private final int atOnce;
    private final int share;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition free = lock.newCondition();
    private final Map<String, Integer> taken = new HashMap<>(); // guarded by the lock
    private int all; // guarded by the lock

    /** So many at once, and at most {@code share} for one taker. */
    Decoders(int atOnce, int share) {
        this.atOnce = atOnce;
        this.share = share;
    }

    /** One that reads; closed once when it has ended. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until another source of this kind may be read. Kinds that need little memory need not wait.
     *
     * @param who takes it
     * @throws InterruptedIOException when the thread is interrupted meanwhile; it stays so
     */
    Turn take(SourceKind kind, String who) throws InterruptedIOException {
        return switch (kind) {
            case TAR, TAR_GZ, ZIP, MANIFEST, GIT -> () -> {};
            case TAR_ZST, TAR_XZ -> {
                acquire(who);
                yield () -> release(who);
            }
        };
    }

    private void acquire(String who) throws InterruptedIOException {
        try {
            lock.lockInterruptibly();
            try {
                while (all >= atOnce || taken.getOrDefault(who, 0) >= share) {
                    free.await();
                }
                all++;
                taken.merge(who, 1, Integer::sum);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("while waiting for other sources to be read");
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
