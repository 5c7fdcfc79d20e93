package io.sallyport.builds.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One descriptor for all readers of a file, opened when it is first needed. The interruption of a thread that is
 * reading closes the channel under everybody (so it is with interruptible channels); all reads name their position, so
 * the others just open it again and repeat theirs.
 */
final class SharedFile implements Closeable {
    private final Path path;
    private volatile @Nullable FileChannel channel; // changed while holding this
    private boolean closed; // guarded by this

    SharedFile(Path path) {
        this.path = path;
    }

    /**
     * Reads once, as {@link FileChannel#read(ByteBuffer, long)} does. From any thread.
     *
     * @throws ClosedByInterruptException when the calling thread is interrupted; it stays so
     * @throws ClosedChannelException after {@link #close}
     */
    int read(ByteBuffer into, long position) throws IOException {
        int before = into.position();
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            FileChannel current = channel;
            if (current == null || !current.isOpen()) {
                current = reopen();
            }
            try {
                return current.read(into, position);
            } catch (ClosedByInterruptException e) {
                throw e; // the caller's own
            } catch (ClosedChannelException e) {
                into.position(before); // somebody else's: once more, unless it was close()
            }
        }
    }

    private synchronized FileChannel reopen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        FileChannel current = channel;
        if (current == null || !current.isOpen()) {
            current = FileChannel.open(path, StandardOpenOption.READ);
            channel = current;
        }
        return current;
    }

    /** Ends reads under way with an exception. Repeated calls do nothing. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        FileChannel current = channel;
        if (current != null) {
            current.close();
        }
    }
}
