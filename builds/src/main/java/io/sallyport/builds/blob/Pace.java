package io.sallyport.builds.blob;

import java.util.concurrent.TimeUnit;

/** Bounds how much is done in a second, so that others get their turn. For one thread. */
public final class Pace {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long began = System.nanoTime();
    private long done;

    /** At most so many things in a second on average, from 1. */
    public Pace(long perSecond) {
        this.perSecond = perSecond;
    }

    /** Tells that so many more have been done; waits until the next may be. */
    public void after(int more) throws InterruptedException {
        done += more;
        long due = began + Math.multiplyExact(done / perSecond, SECOND) + done % perSecond * SECOND / perSecond;
        long left = due - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
