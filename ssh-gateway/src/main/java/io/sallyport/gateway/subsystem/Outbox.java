package io.sallyport.gateway.subsystem;

import io.sallyport.gateway.channel.PacketOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lines on their way to the peer. Whoever has some holds a {@link Sender}, and each sender has one line here at most:
 * so all take turns, and a stream that is always ready delays no other. Lines are written whole or not at all; who
 * hands one over does not wait for the peer, who hands over the next one does. Senders may be used by any thread.
 */
final class Outbox {
    /** Beyond so many bytes nobody adds a line, but for the first one. */
    private static final int ENOUGH = 2 * 1024 * 1024;

    /** After so many milliseconds a packet has left, unless the peer does not read. */
    private static final long SOON = 500;

    private final LineBounds bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(); // guarded by the lock, like what follows
    private long bytes;
    private int streams;
    private boolean closed;

    Outbox(LineBounds bounds) {
        this.bounds = bounds;
    }

    /** One who has lines. */
    final class Sender {
        private boolean full; // guarded by the lock

        /**
         * Hands over a line, which then is written whatever becomes of the calling thread.
         *
         * @param line without its end; not changed any more
         * @throws InterruptedException when interrupted before the line was handed over
         * @throws EOFException when the peer is gone
         */
        void send(byte[] line) throws InterruptedException, EOFException {
            send(line, () -> {});
        }

        /**
         * The same.
         *
         * @param handedOver done before the peer can have the line; must not wait for anything
         */
        void send(byte[] line, Runnable handedOver) throws InterruptedException, EOFException {
            lock.lockInterruptibly();
            try {
                while (!closed && (full || (bytes > ENOUGH && !waiting.isEmpty()))) {
                    taken.await();
                }
                if (closed) {
                    throw new EOFException("the peer is gone");
                }
                full = true;
                waiting.add(new Waiting(this, line));
                bytes += line.length;
                handedOver.run();
                added.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // on its way, not to be compared
    private record Waiting(Sender sender, byte[] line) {}

    Sender sender() {
        return new Sender();
    }

    /** A stream begins or ends: while there is one, a quiet channel gets signs of life. */
    void countStream(int change) {
        lock.lock();
        try {
            streams += change;
        } finally {
            lock.unlock();
        }
    }

    /** Writes lines until the outbox is closed and empty, or the peer is gone. For one thread. */
    void drain(PacketOutput packets) {
        try {
            List<byte[]> lines = take(packets);
            while (!lines.isEmpty()) {
                for (byte[] line : lines) {
                    packets.put(line, 0, line.length);
                    packets.put(LineJson.END, 0, LineJson.END.length);
                }
                packets.flush();
                lines = take(packets);
            }
        } catch (IOException | InterruptedException e) {
            // Nobody is there to be told. Those who still have lines learn it when they hand over the next one.
        } finally {
            close();
        }
    }

    /** All that waits; a sign of life after a quiet time; nothing when that is all. */
    private List<byte[]> take(PacketOutput packets) throws InterruptedException {
        lock.lock();
        try {
            boolean rests = !waiting.isEmpty() || packets.rest();
            while (waiting.isEmpty() && !closed) {
                long most = rests ? bounds.quiet().toMillis() : SOON;
                boolean more = added.await(most, TimeUnit.MILLISECONDS);
                if (!more && rests && streams > 0) {
                    return List.of(LineJson.heartbeat());
                }
                rests = true;
                packets.rest();
            }
            List<byte[]> lines = new ArrayList<>(waiting.size());
            for (Waiting each : waiting) {
                each.sender().full = false;
                lines.add(each.line());
            }
            waiting.clear();
            bytes = 0;
            taken.signalAll();
            return lines;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more lines; those that are there are still written. Repeated calls do nothing. */
    void close() {
        lock.lock();
        try {
            closed = true;
            added.signalAll();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
