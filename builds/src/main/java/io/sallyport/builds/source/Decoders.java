package io.sallyport.builds.source;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/**
 * A bound on how many compressed sources are read at once. Each takes up to {@link Packing#LARGEST_WINDOW} bytes for
 * as long as its peer likes to send or to receive, which else would add up to all memory there is. One more than
 * allowed waits for its turn.
 */
final class Decoders {
    private static final int AT_ONCE = 16;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** One that reads; closed once when it has ended. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until another source of this kind may be read. Kinds that need little memory need not wait.
     *
     * @throws InterruptedIOException when the thread is interrupted meanwhile; it stays so
     */
    Turn take(SourceKind kind) throws InterruptedIOException {
        return switch (kind) {
            case TAR, TAR_GZ, ZIP -> () -> {};
            case TAR_ZST, TAR_XZ -> {
                acquire();
                yield turns::release;
            }
        };
    }

    private void acquire() throws InterruptedIOException {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("while waiting for other sources to be read");
        }
    }
}
