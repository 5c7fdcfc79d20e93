package io.sallyport.gateway.transport;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;

/** All channels that are open, on whatever connection. May be used from any thread. */
final class OpenChannels implements ChannelListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Set<Channel> open = new HashSet<>(); // guarded by the lock

    @Override
    public void channelOpenSuccess(Channel channel) {
        lock.lock();
        try {
            open.add(channel);
        } finally {
            lock.unlock();
        }
        // Not channelClosed: that comes before the exit status has left. This comes with the peer's own close
        // (RFC 4254, section 5.3), so it has all that was for it, or with the end of its connection.
        channel.addCloseFutureListener(closed -> gone(channel));
    }

    /** Waits until none is open, so that all peers have what was for them, or until the time is over. */
    void awaitNone(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!open.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void gone(Channel channel) {
        lock.lock();
        try {
            if (open.remove(channel) && open.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
