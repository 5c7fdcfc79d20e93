package io.sallyport.builds.source;

import io.sallyport.builds.Turns;
import java.io.InterruptedIOException;

/**
 * A bound on how many compressed sources are read at once. Each takes up to {@link Packing#LARGEST_WINDOW} bytes for
 * as long as its peer likes to send or to receive, which else would add up to all memory there is. One more than
 * allowed waits for its turn. Nobody has more than a share, so that one who sends slowly keeps out nobody else.
 */
final class Decoders {
    private final Turns turns;

    /** So many at once, and at most {@code share} for one taker. */
    Decoders(int atOnce, int share) {
        this.turns = new Turns(atOnce, share);
    }

    /**
     * Waits until another source of this kind may be read. Kinds that need little memory need not wait.
     *
     * @param who takes it
     * @throws InterruptedIOException when the thread is interrupted meanwhile; it stays so
     */
    Turns.Turn take(SourceKind kind, String who) throws InterruptedIOException {
        return switch (kind) {
            case TAR, TAR_GZ, ZIP, MANIFEST, GIT -> () -> {};
            case TAR_ZST, TAR_XZ -> await(who);
        };
    }

    private Turns.Turn await(String who) throws InterruptedIOException {
        try {
            return turns.take(who);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("while waiting for other sources to be read");
        }
    }
}
