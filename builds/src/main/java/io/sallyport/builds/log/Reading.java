package io.sallyport.builds.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One reader's hold on a log: how far it may read, and waiting for more. It has no descriptor and no buffer. One thread
 * reads at a time; any may close.
 */
final class Reading implements Closeable {
    private final OpenLogs logs;
    private final OpenLog log;
    private final boolean follow;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Extent extent;
    private volatile @Nullable Thread waiter;

    private Reading(OpenLogs logs, OpenLog log, boolean follow, Extent extent) {
        this.logs = logs;
        this.log = log;
        this.follow = follow;
        this.extent = extent;
    }

    /** A reading of what there is, or if {@code upTo} is empty, of what there is and what comes. */
    static Reading open(OpenLogs logs, long build, Optional<Extent> upTo) throws IOException {
        OpenLog log = logs.acquire(build);
        if (upTo.isEmpty()) {
            logs.follow(log);
        }
        return new Reading(logs, log, upTo.isEmpty(), upTo.orElseGet(log::written));
    }

    OpenLog log() {
        return log;
    }

    /** What can be read now; it grows in {@link #await} only. */
    Extent extent() {
        return extent;
    }

    /** Whether the extent is all there will ever be to read. */
    boolean complete() {
        return !follow || extent.ended();
    }

    /**
     * Waits until the extent reaches beyond a position or is complete.
     *
     * @return false when the time is over first
     * @throws ClosedByInterruptException when the thread is interrupted; it stays so
     * @throws AsynchronousCloseException when another thread closes
     */
    boolean await(long position, long nanos) throws IOException {
        waiter = Thread.currentThread();
        try {
            Optional<Extent> grown = log.await(position, nanos, closed::get);
            checkOpen();
            grown.ifPresent(more -> extent = more);
            return grown.isPresent();
        } finally {
            waiter = null;
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed.get()) {
            throw new AsynchronousCloseException();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }

    /**
     * Reads bytes of the log once, at least one.
     *
     * @param length how many at most; the extent must have as many from the position on
     */
    int read(ByteBuffer into, long position, long length) throws IOException {
        checkNotClosed();
        int limit = into.limit();
        into.limit(into.position() + (int) Math.min(into.remaining(), length));
        int count;
        try {
            count = log.data().read(into, position);
        } finally {
            into.limit(limit);
        }
        if (count < 0) {
            throw new EOFException("the log of build " + log.files().build() + " ends before byte " + position);
        }
        return count;
    }

    /** Reads marks of the index once, at least a byte of them; the extent must have them. */
    void readMarks(ByteBuffer into, long position) throws IOException {
        checkNotClosed();
        if (log.index().read(into, position) < 0) {
            throw new EOFException("the index of build " + log.files().build() + " ends before byte " + position);
        }
    }

    private void checkNotClosed() throws ClosedChannelException {
        if (closed.get()) {
            throw new ClosedChannelException();
        }
    }

    boolean isOpen() {
        return !closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Thread waiting = waiter;
            if (waiting != null) {
                LockSupport.unpark(waiting);
            }
            if (follow) {
                logs.unfollow(log);
            }
            logs.release(log);
        }
    }
}
