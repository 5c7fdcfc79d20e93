package io.sallyport.builds.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps what a job prints, per stream and all in the order of arrival. */
public final class RecordedOutput implements JobOutput {
    private static final long LONGEST_SECONDS = 60;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final List<String> system = new ArrayList<>();

    @Override
    public void out(ByteBuffer bytes) {
        keep(out, bytes);
    }

    @Override
    public void err(ByteBuffer bytes) {
        keep(err, bytes);
    }

    @Override
    public void system(String line) {
        lock.lock();
        try {
            system.add(line);
            all.writeBytes(("[" + line + "]\n").getBytes(UTF_8));
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void keep(ByteArrayOutputStream stream, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        lock.lock();
        try {
            stream.writeBytes(copy);
            all.writeBytes(copy);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until standard output has a text in it. */
    public void waitForOut(String text) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        lock.lock();
        try {
            while (!out.toString(UTF_8).contains(text)) {
                left = grown.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("no '" + text + "' in: " + all.toString(UTF_8));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    public byte[] outBytes() {
        return bytes(out);
    }

    public byte[] errBytes() {
        return bytes(err);
    }

    public String out() {
        return new String(outBytes(), UTF_8);
    }

    public String err() {
        return new String(errBytes(), UTF_8);
    }

    /** Everything in the order of arrival, system lines in brackets. */
    public String all() {
        return new String(bytes(all), UTF_8);
    }

    public List<String> system() {
        lock.lock();
        try {
            return List.copyOf(system);
        } finally {
            lock.unlock();
        }
    }

    private byte[] bytes(ByteArrayOutputStream stream) {
        lock.lock();
        try {
            return stream.toByteArray();
        } finally {
            lock.unlock();
        }
    }
}
