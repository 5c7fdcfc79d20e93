package io.sallyport.builds.blob;

import io.sallyport.builds.DiskSync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Brings what has been written to the disk while more is written, a step at a time, so that the sync at the end has
 * little left to wait for. Used by the thread that writes.
 */
final class EarlySync {
    private static final long STEP = 64 << 20;

    private final FileChannel channel;
    private long synced;
    private CompletableFuture<@Nullable Void> running = CompletableFuture.completedFuture(null);

    EarlySync(FileChannel channel) {
        this.channel = channel;
    }

    /** Tells that so many bytes have been written by now. */
    void written(long bytes) {
        // A failed one stays for await: the system reports a lost write only once.
        if (bytes - synced >= STEP && running.isDone() && !running.isCompletedExceptionally()) {
            synced = bytes;
            running = CompletableFuture.runAsync(this::force, Thread::startVirtualThread);
        }
    }

    private void force() {
        try {
            DiskSync.of(channel, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for what is under way.
     *
     * @throws IOException what a step has thrown
     */
    void await() throws IOException {
        try {
            running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException known ? known.getCause() : new IOException(e);
        }
    }
}
