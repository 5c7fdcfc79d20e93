package io.sallyport.builds.executor.docker;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An engine or a Swarm with what belongs to it, which is asked for when it is first needed, and again each time until it has
 * answered; from then on it stays. Any thread.
 */
final class OnDemand<C extends OnDemand.Connected> implements AutoCloseable {
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    private final Maker<C> maker;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable C connected; // written under the lock
    private Set<String> kept = Set.of(); // guarded by the lock

    OnDemand(Maker<C> maker) {
        this.maker = maker;
    }

    /** What has answered. */
    interface Connected extends AutoCloseable {
        @Override
        void close();
    }

    /** Asks for it. */
    interface Maker<C> {
        /**
         * Connects, and removes what earlier gateways have left there; closes all that it has opened should it fail.
         *
         * @param kept the runs whose remains are not to be removed
         */
        C connect(Set<String> kept) throws IOException, InterruptedException;
    }

    /**
     * What has answered, now or before.
     *
     * @throws IOException when it does not
     */
    C get() throws IOException, InterruptedException {
        connecting.lockInterruptibly();
        try {
            C now = connected;
            if (now == null) {
                now = maker.connect(kept);
                connected = now;
            }
            return now;
        } finally {
            connecting.unlock();
        }
    }

    /**
     * The same; waits for one that does not answer, or is not there yet, as long as it may take to start again.
     *
     * @throws IOException when it has not answered within that time
     */
    C await(Duration most) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            try {
                return get();
            } catch (IOException e) {
                if (System.nanoTime() + ASK_AGAIN.toNanos() > deadline) {
                    throw e;
                }
                Thread.sleep(ASK_AGAIN);
            }
        }
    }

    /**
     * What a run has left is not kept any more.
     *
     * @return what has answered, and so has kept it: the caller removes it there; empty when the next connection will
     */
    Optional<C> keepNoMore(String run) {
        connecting.lock();
        try {
            Set<String> left = new HashSet<>(kept);
            left.remove(run);
            kept = Set.copyOf(left);
            return known();
        } finally {
            connecting.unlock();
        }
    }

    /** What has answered before; whoever asks this does not wait for one that does not. */
    Optional<C> known() {
        return Optional.ofNullable(connected);
    }

    /**
     * The same as {@link #get}, and from then on what these runs have left is kept.
     *
     * @throws IOException when it does not answer
     */
    C keeping(Set<String> runs) throws IOException, InterruptedException {
        connecting.lockInterruptibly();
        try {
            kept = Set.copyOf(runs);
            return get();
        } finally {
            connecting.unlock();
        }
    }

    /** Closes what has answered. */
    @Override
    public void close() {
        connecting.lock();
        try {
            C now = connected;
            if (now != null) {
                now.close();
                connected = null;
            }
        } finally {
            connecting.unlock();
        }
    }
}
