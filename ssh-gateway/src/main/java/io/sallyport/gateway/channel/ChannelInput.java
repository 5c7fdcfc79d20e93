package io.sallyport.gateway.channel;

import io.sallyport.builds.StalledException;
import io.sallyport.gateway.transport.GatewayChannel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.common.channel.LocalWindow;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * What the peer sends on a channel, as a stream. The channel's window bounds what can be unread: bytes are given back
 * to the window as they are read, so a slow reader slows its peer and nobody else. A peer that is gone before its end
 * of file (RFC 4254, section 5.3) makes reads fail instead of ending them, so that a cut body never looks whole. One
 * thread reads at a time.
 */
public final class ChannelInput extends InputStream implements ChannelDataReceiver {
    private static final int FIRST_SIZE = 2 * 1024;
    private static final byte[] NONE = new byte[0];
    private static final byte INTERRUPT = 3;

    private final ChannelSession channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] ring = NONE;
    private int head;
    private int count;
    private int wanted;
    private long taken;
    private boolean ended;
    private boolean cut;
    private boolean taking; // bytes have been taken out
    private boolean widened;
    private Runnable interrupt = () -> {};
    private boolean interruptible;
    private Optional<Pace> pace = Optional.empty();

    private ChannelInput(ChannelSession channel) {
        this.channel = channel;
    }

    /** The input of a channel whose command has not started yet, so that no byte goes through MINA's own pipe. */
    public static ChannelInput of(ChannelSession channel) {
        ChannelInput input = new ChannelInput(channel);
        channel.setDataReceiver(input);
        return input;
    }

    /**
     * Calls back, on the I/O thread, when the peer's terminal sends its interrupt character, Ctrl-C: in raw mode, which
     * clients put it into, that is a byte like any other.
     */
    public void onInterrupt(Runnable listener) {
        lock.lock();
        try {
            interrupt = listener;
            interruptible = true;
        } finally {
            lock.unlock();
        }
    }

    /** From now on, the interrupt character is a byte like any other here, too. */
    public void passInterrupts() {
        lock.lock();
        try {
            interruptible = false;
        } finally {
            lock.unlock();
        }
    }

    /** From now on, reads fail with a {@link StalledException} when the peer is slower. What is there already counts. */
    public void keepTo(Pace bounds) {
        lock.lock();
        try {
            bounds.came(count);
            pace = Optional.of(bounds);
        } finally {
            lock.unlock();
        }
    }

    /** From now on, reads wait as long as the peer likes, as they do at first. */
    public void keepToNoPace() {
        lock.lock();
        try {
            pace = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes bytes on the I/O thread; there is always room for what the window allows. */
    @Override
    public int data(ChannelSession from, byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            if (interruptible && holdsInterrupt(bytes, offset, length)) {
                cut = true;
                changed.signalAll();
                interrupt.run();
            }
            if (cut || ended) {
                return length;
            }
            reserve(length);
            int tail = (head + count) % ring.length;
            int first = Math.min(length, ring.length - tail);
            System.arraycopy(bytes, offset, ring, tail, first);
            System.arraycopy(bytes, offset + first, ring, 0, length - first);
            count += length;
            pace.ifPresent(bounds -> bounds.came(length));
            if (taking && !widened && channel instanceof GatewayChannel known) {
                widened = true;
                known.widen();
            }
            if (count >= wanted) {
                changed.signal();
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return length == 0 ? 0 : take(into, offset, length, 1);
    }

    /** Reads in large pieces, so that the reader is not woken for each packet. */
    @Override
    public int readNBytes(byte[] into, int offset, int length) throws IOException {
        int read = 0;
        while (read < length) {
            int left = length - read;
            // A reader is woken for so much; less than half of the window, so that the peer goes on meanwhile.
            long piece = Math.max(1, channel.getLocalWindow().getMaxSize() / 4);
            int count = take(into, offset + read, left, (int) Math.min(left, piece));
            if (count < 0) {
                break;
            }
            read += count;
        }
        return read;
    }

    /**
     * Waits until a read would not have to, for so long at most.
     *
     * @return false when nothing has come
     * @throws EOFException when the peer is gone
     */
    public boolean awaitMore(Duration most) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            wanted = 1;
            long left = most.toNanos();
            while (isShortOf(1) && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (cut) {
                throw gone();
            }
            return !isShortOf(1);
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes can be read without waiting. */
    @Override
    public int available() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes have been read. */
    public long taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The peer sends no more: called at its end of file, and when the channel goes down. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (channel.isEofSignalled()) {
                ended = true;
            } else {
                cut = true;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes bytes out as soon as there are enough, or the last ones; -1 at the end. */
    private int take(byte[] into, int offset, int length, int enough) throws IOException {
        byte[] from;
        int at;
        int some;
        lock.lock();
        try {
            await(enough);
            if (count == 0) {
                return -1;
            }
            taking = true;
            from = ring;
            at = head;
            some = Math.min(length, count);
        } finally {
            lock.unlock();
        }
        // Outside of the lock: the I/O thread never writes over bytes that are still counted, not even when it grows.
        copy(from, at, into, offset, some);
        remove(some);
        return some;
    }

    /** Waits for so many bytes, or for the end. Under the lock. */
    private void await(int enough) throws IOException {
        try {
            wanted = enough;
            if (count == 0 && ring.length == FIRST_SIZE) {
                ring = NONE; // whoever waits for long keeps no memory for it
                head = 0;
            }
            if (pace.isPresent()) {
                pace.get().awaitWhile(() -> isShortOf(enough), changed);
            }
            while (isShortOf(enough)) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw gone();
        }
        if (cut) {
            throw gone();
        }
    }

    private boolean isShortOf(int enough) {
        return count < enough && !ended && !cut;
    }

    /** Gives back to the window, too, under the lock: it must not be widened meanwhile. */
    private void remove(int some) throws IOException {
        lock.lock();
        try {
            head = (head + some) % ring.length;
            count -= some;
            taken += some;
            giveBack(some);
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(int some) throws IOException {
        LocalWindow window = channel.getLocalWindow();
        if (window.isOpen()) {
            window.release(some);
        }
    }

    /** Grows by doubling: most requests have no body, few have one that fills a window. */
    private void reserve(int length) {
        if (ring.length - count >= length) {
            return;
        }
        int size = Math.max(FIRST_SIZE, ring.length);
        while (size - count < length) {
            size *= 2;
        }
        byte[] larger = new byte[size];
        copy(ring, head, larger, 0, count);
        ring = larger;
        head = 0;
    }

    private static void copy(byte[] ring, int head, byte[] into, int offset, int length) {
        int first = Math.min(length, ring.length - head);
        System.arraycopy(ring, head, into, offset, first);
        System.arraycopy(ring, 0, into, offset + first, length - first);
    }

    private static boolean holdsInterrupt(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == INTERRUPT) {
                return true;
            }
        }
        return false;
    }

    private static EOFException gone() {
        return new EOFException("the connection ended before the body did");
    }
}
