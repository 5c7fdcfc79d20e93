package io.sallyport.gateway.exec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.common.channel.LocalWindow;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * What the peer sends on a channel, as a stream. The channel's window bounds what can be unread: bytes are given back
 * to the window as they are read, so a slow reader slows its peer and nobody else. A peer that is gone before its end
 * of file (RFC 4254, section 5.3) makes reads fail instead of ending them, so that a cut body never looks whole.
 */
final class ChannelBody extends InputStream implements ChannelDataReceiver {
    private static final int FIRST_SIZE = 16 * 1024;

    private final ChannelSession channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] ring = new byte[0];
    private int head;
    private int count;
    private boolean ended;
    private boolean cut;

    ChannelBody(ChannelSession channel) {
        this.channel = channel;
    }

    /** Takes bytes on the I/O thread; there is always room for what the window allows. */
    @Override
    public int data(ChannelSession from, byte[] bytes, int offset, int length) {
        lock.lock();
        try {
            if (cut || ended) {
                return length;
            }
            reserve(length);
            int tail = (head + count) % ring.length;
            int first = Math.min(length, ring.length - tail);
            System.arraycopy(bytes, offset, ring, tail, first);
            System.arraycopy(bytes, offset + first, ring, 0, length - first);
            count += length;
            changed.signal();
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
        if (length == 0) {
            return 0;
        }
        int taken;
        lock.lock();
        try {
            while (count == 0 && !ended && !cut) {
                changed.await();
            }
            if (count == 0 || cut) {
                if (cut) {
                    throw new EOFException("the connection ended before the body did");
                }
                return -1;
            }
            taken = take(into, offset, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EOFException("the connection ended before the body did");
        } finally {
            lock.unlock();
        }
        giveBack(taken);
        return taken;
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return count;
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

    private int take(byte[] into, int offset, int length) {
        int taken = Math.min(length, count);
        int first = Math.min(taken, ring.length - head);
        System.arraycopy(ring, head, into, offset, first);
        System.arraycopy(ring, 0, into, offset + first, taken - first);
        head = (head + taken) % ring.length;
        count -= taken;
        return taken;
    }

    private void giveBack(int taken) throws IOException {
        LocalWindow window = channel.getLocalWindow();
        if (window.isOpen()) {
            window.release(taken);
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
        int kept = count;
        if (kept > 0) {
            take(larger, 0, kept);
        }
        ring = larger;
        head = 0;
        count = kept;
    }
}
