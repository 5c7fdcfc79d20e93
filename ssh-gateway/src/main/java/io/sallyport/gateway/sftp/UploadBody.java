package io.sallyport.gateway.sftp;

import io.sallyport.builds.StalledException;
import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.channel.Pace;
import io.sallyport.handlers.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The body of a submission, handed over from the conversation to the request's own thread. The bytes of a write stay in
 * the channel until the request takes them: while it does, the conversation waits, so no byte is copied on the way and a
 * slow request slows its client.
 */
final class UploadBody extends InputStream {
    private final ChannelInput data;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int offered;
    private long taken;
    private boolean asked;
    private boolean ended;
    private boolean cut;
    private Optional<StalledException> lost = Optional.empty();
    private Optional<Response> response = Optional.empty();

    /** A body whose bytes are taken from {@code data} when they are offered, which must not be too seldom. */
    UploadBody(ChannelInput data, Pace pace) {
        this.data = data;
        this.pace = pace;
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
        int most = awaitOffer();
        if (most == 0) {
            return -1;
        }
        // The client has begun to send all of the write, so all of it comes or it is gone.
        int count = Math.min(length, most);
        data.keepTo(pace);
        try {
            take(count, data.readNBytes(into, offset, count) == count);
        } catch (StalledException e) {
            lose(e);
            throw e;
        } finally {
            data.keepToNoPace();
        }
        return count;
    }

    /** Waits until the request wants the first byte, or has an answer without; the answer in that case. */
    Optional<Response> awaitBeginning() throws InterruptedException {
        lock.lock();
        try {
            while (!asked && response.isEmpty()) {
                changed.await();
            }
            return response;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Offers the next bytes of the channel and waits until they are taken; the answer is how many are not.
     *
     * @throws StalledException when not all of them have come, so that nobody knows where the next packet begins
     */
    int offer(int length) throws StalledException, InterruptedException {
        lock.lock();
        try {
            offered = length;
            changed.signalAll();
            while (offered > 0 && !cut && response.isEmpty()) {
                changed.await();
            }
            if (lost.isPresent()) {
                throw lost.get();
            }
            int left = offered;
            offered = 0;
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Takes bytes of the channel that nobody wants. */
    void pass(int length) throws IOException {
        data.skipNBytes(length);
    }

    /** All has been offered: the body ends as it should. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The rest will never come. */
    void cut() {
        lock.lock();
        try {
            cut = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The request is answered; it reads no more. */
    void answered(Response answer) {
        lock.lock();
        try {
            response = Optional.of(answer);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes the request has read. */
    long taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the answer. */
    Response awaitAnswer() throws InterruptedException {
        lock.lock();
        try {
            while (response.isEmpty()) {
                changed.await();
            }
            return response.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an offer; 0 at the end. */
    private int awaitOffer() throws IOException {
        lock.lock();
        try {
            asked = true;
            changed.signalAll();
            pace.awaitWhile(() -> offered == 0 && !ended && !cut, changed);
            if (cut) {
                throw incomplete();
            }
            return offered;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw incomplete();
        } finally {
            lock.unlock();
        }
    }

    /** The bytes of a write have not come. */
    private void lose(StalledException why) {
        lock.lock();
        try {
            lost = Optional.of(why);
            cut = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void take(int count, boolean whole) throws IOException {
        lock.lock();
        try {
            if (!whole) {
                cut = true;
                changed.signalAll();
                throw incomplete();
            }
            offered -= count;
            taken += count;
            if (offered == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private static EOFException incomplete() {
        return new EOFException("the upload ended before the file did");
    }
}
