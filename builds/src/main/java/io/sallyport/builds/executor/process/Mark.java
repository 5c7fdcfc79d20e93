package io.sallyport.builds.executor.process;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;

/**
 * Bytes that the gateway itself puts into an output pipe, to learn when everything before them has been handed over.
 * Random and used once, so no script can print them.
 */
final class Mark {
    private static final int BYTES = 32; // at most PIPE_BUF, so they are written in one piece (pipe(7))

    private final byte[] bytes = new byte[BYTES];
    private final boolean last;
    private final CountDownLatch seen = new CountDownLatch(1);

    Mark(SecureRandom random, boolean last) {
        random.nextBytes(bytes);
        this.last = last;
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    int length() {
        return BYTES;
    }

    boolean last() {
        return last;
    }

    CountDownLatch seen() {
        return seen;
    }

    /** Where the mark, or a part of it that the buffer's end cuts off, begins; the limit when nowhere. */
    int indexIn(ByteBuffer buffer) {
        for (int at = buffer.position(); at < buffer.limit(); at++) {
            if (buffer.get(at) == bytes[0] && beginsAt(buffer, at)) {
                return at;
            }
        }
        return buffer.limit();
    }

    private boolean beginsAt(ByteBuffer buffer, int at) {
        int there = Math.min(BYTES, buffer.limit() - at);
        for (int i = 1; i < there; i++) {
            if (buffer.get(at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
