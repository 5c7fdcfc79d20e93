package io.sallyport.gateway.channel;

import io.sallyport.builds.StalledException;
import io.sallyport.gateway.settings.Config;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How slow what a peer sends may be: within each window of time that somebody waits for it, some of it has to come.
 * Time in which nobody waits does not count, so a slow reader is not held against its peer. May be used from any thread.
 */
public final class Pace {
    private final Config.Upload bounds;
    private final LongSupplier nanoTime;
    private long came; // guarded by this, like what follows; in this window
    private long waited; // in this window, without the waiting under way
    private long since;

    /** Asks for so much. */
    public Pace(Config.Upload bounds) {
        this(bounds, System::nanoTime);
    }

    Pace(Config.Upload bounds, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.nanoTime = nanoTime;
    }

    /** Bytes have come: with enough of them a new window begins. */
    public synchronized void came(int bytes) {
        came += bytes;
        if (came >= bounds.least()) {
            came = 0;
            waited = 0;
            since = nanoTime.getAsLong();
        }
    }

    /**
     * Waits as long as something lacks. Under the lock of the condition.
     *
     * @param lacking asked whenever there has been a signal
     * @throws StalledException when too little has come for too long
     */
    public void awaitWhile(BooleanSupplier lacking, Condition changed) throws StalledException, InterruptedException {
        begin();
        try {
            while (lacking.getAsBoolean()) {
                changed.awaitNanos(left());
            }
        } finally {
            end();
        }
    }

    synchronized void begin() {
        since = nanoTime.getAsLong();
    }

    synchronized void end() {
        waited += nanoTime.getAsLong() - since;
    }

    /** How many nanoseconds more may be waited, from 1. */
    synchronized long left() throws StalledException {
        long left = bounds.window().toNanos() - waited - (nanoTime.getAsLong() - since);
        if (left <= 0) {
            throw new StalledException(bounds.least(), bounds.window());
        }
        return left;
    }
}
