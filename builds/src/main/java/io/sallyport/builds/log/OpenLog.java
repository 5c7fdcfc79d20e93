package io.sallyport.builds.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all readers and the writer of one log share while there are any. The writer tells how far the log reaches;
 * {@link #publish} shows that to those who wait, at most once in a tick, and wakes them together.
 */
final class OpenLog implements Closeable {
    /** A time to wait in ns that does not end. */
    static final long FOR_EVER = Long.MAX_VALUE;

    /** From this many followers on, one more read costs less than one of each. */
    private static final int MANY = 4;

    private final LogFiles files;
    private final SharedFile data;
    private final SharedFile index;
    private final JobNames names;
    private final AtomicBoolean hasWriter = new AtomicBoolean();
    private final AtomicInteger followers = new AtomicInteger();
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private volatile Extent written;
    private volatile Extent published;
    private volatile @Nullable IOException broken;

    private OpenLog(LogFiles files, Extent extent, JobNames names) {
        this.files = files;
        this.data = new SharedFile(files.data());
        this.index = new SharedFile(files.index());
        this.names = names;
        this.written = extent;
        this.published = extent;
    }

    /** Opens a log that nobody else has open, after repairing it. */
    static OpenLog open(LogFiles files) throws IOException {
        return new OpenLog(files, Repair.of(files), JobNames.read(files.jobs()));
    }

    LogFiles files() {
        return files;
    }

    SharedFile data() {
        return data;
    }

    SharedFile index() {
        return index;
    }

    JobNames names() {
        return names;
    }

    /** How far the log reaches now. */
    Extent written() {
        return written;
    }

    /** Takes note of what the writer has written; {@link #publish} is to follow. */
    void written(Extent extent) {
        written = extent;
    }

    /** So many more follow it. */
    void follow(int more) {
        followers.addAndGet(more);
    }

    /** Shows what has been written to those who follow; many of them find it in memory, read once for all. */
    void publish() {
        Extent now = written;
        boolean many = followers.get() >= MANY;
        data.keepEnd(many ? now.bytes() : 0);
        index.keepEnd(many ? IndexHeader.BYTES + now.marks() * Mark.BYTES : 0);
        published = now;
        waiting.forEach(LockSupport::unpark);
    }

    /** Makes the caller the writer; false when there is one. */
    boolean takeWriting() {
        return hasWriter.compareAndSet(false, true);
    }

    /** There is no writer any more. */
    void leaveWriting() {
        hasWriter.set(false);
    }

    boolean isWritten() {
        return hasWriter.get();
    }

    /** Ends the waiting of all followers with an exception, now and later: nothing will come any more. */
    void breakOff(IOException why) {
        broken = why;
        waiting.forEach(LockSupport::unpark);
    }

    /**
     * Waits until the log reaches beyond a position or has ended.
     *
     * @param nanos how long to wait at most, in ns
     * @param leave asked whenever the thread is woken: whether to stop waiting
     * @return empty after that time, when told to leave, or when the thread is interrupted
     * @throws IOException when nothing can come any more
     */
    Optional<Extent> await(long position, long nanos, BooleanSupplier leave) throws IOException {
        long deadline = System.nanoTime() + nanos;
        waiting.add(Thread.currentThread());
        try {
            while (true) {
                Extent extent = published;
                if (extent.bytes() > position || extent.ended()) {
                    return Optional.of(extent);
                }
                IOException why = broken;
                if (why != null) {
                    throw new IOException("the log of build " + files.build() + " broke off", why);
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || leave.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    return Optional.empty();
                }
                park(nanos == FOR_EVER ? FOR_EVER : left);
            }
        } finally {
            waiting.remove(Thread.currentThread());
        }
    }

    private void park(long nanos) {
        if (nanos == FOR_EVER) {
            LockSupport.park(this); // without a timer, which costs as much as all the rest
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    @Override
    public void close() throws IOException {
        data.close();
        index.close();
    }
}
