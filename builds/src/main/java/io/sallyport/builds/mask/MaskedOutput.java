package io.sallyport.builds.mask;

import io.sallyport.builds.executor.JobOutput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An output behind a mask. What may be the beginning of something to hide waits for what follows. When it is so little that it
 * is most likely chance, it waits for a moment only, and not at the end of a line, nor when another stream is
 * written to: a log is to be live and its lines whole. A thread of its own gives it on.
 */
final class MaskedOutput implements JobOutput, Closeable {
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final Mask mask;
    private final JobOutput output;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final MaskedStream out; // this and what follows: under the lock
    private final MaskedStream err;
    private long writes;
    private boolean idle; // the thread waits for something to be held back
    private boolean closed;
    private @Nullable IOException failure;

    MaskedOutput(Mask mask, JobOutput output) {
        this.mask = mask;
        this.output = output;
        this.out = mask.stream();
        this.err = mask.stream();
        Thread.ofVirtual().name("mask-pauses").start(this::givePauses);
    }

    @Override
    public void out(ByteBuffer bytes) throws IOException {
        lock.lock();
        try {
            checkUsable();
            err.pause(output::err);
            write(bytes, out, output::out);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void err(ByteBuffer bytes) throws IOException {
        lock.lock();
        try {
            checkUsable();
            out.pause(output::out);
            write(bytes, err, output::err);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void system(String line) throws IOException {
        String masked = mask.text(line);
        lock.lock();
        try {
            checkUsable();
            pause();
            output.system(masked);
        } finally {
            lock.unlock();
        }
    }

    private void write(ByteBuffer bytes, MaskedStream stream, MaskedStream.Target target) throws IOException {
        if (!bytes.hasRemaining()) {
            return;
        }
        boolean line = bytes.get(bytes.limit() - 1) == '\n';
        stream.take(bytes, target);
        if (line) {
            stream.pause(target);
        }
        writes++;
        if (idle && stream.holdsByChance()) {
            idle = false;
            changed.signal();
        }
    }

    /** Gives on what is held back by chance. */
    void settle() throws IOException {
        lock.lock();
        try {
            checkUsable();
            pause();
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws IOException {
        out.pause(output::out);
        err.pause(output::err);
    }

    private void givePauses() {
        lock.lock();
        try {
            while (!closed && failure == null) {
                if (out.holdsByChance() || err.holdsByChance()) {
                    long before = writes;
                    awaitMoment();
                    if (writes == before) {
                        pause();
                    }
                } else {
                    idle = true;
                    changed.await();
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        } finally {
            lock.unlock();
        }
    }

    /** Writes do not end it: only the last of them is followed by a pause. */
    private void awaitMoment() throws InterruptedException {
        long left = MOMENT.toNanos();
        while (left > 0 && !closed) {
            left = changed.awaitNanos(left);
        }
    }

    private void checkUsable() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (closed) {
            throw new IllegalStateException("written to after its end");
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            out.end(output::out);
            err.end(output::err);
        } finally {
            lock.unlock();
        }
    }
}
