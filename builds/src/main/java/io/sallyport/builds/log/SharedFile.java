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
 * One descriptor for all readers of a file, opened when it is first needed, and its end in memory when many read that. The interruption of a thread that is
 * reading closes the channel under everybody (so it is with interruptible channels); all reads name their position, so
 * the others just open it again and repeat theirs.
 */
final class SharedFile implements Closeable {
    /** The most bytes of its end that are kept. */
    private static final int END = 64 << 10;

    private final Path path;
    private volatile @Nullable End end; // set by one thread at a time
    private volatile @Nullable FileChannel channel; // changed while holding this
    private boolean closed; // guarded by this

    SharedFile(Path path) {
        this.path = path;
    }

    /** What does not change any more of a file's end, from a position on. */
    private static final class End {
        final long from;
        private final byte[] bytes;

        End(long from, byte[] bytes) {
            this.from = from;
            this.bytes = bytes;
        }

        long to() {
            return from + bytes.length;
        }

        int read(ByteBuffer into, long position) {
            int at = (int) (position - from);
            int count = Math.min(into.remaining(), bytes.length - at);
            into.put(bytes, at, count);
            return count;
        }
    }

    /**
     * Keeps the bytes before a position in memory, as many as there is room for: readers find them there. Should they not be
     * read now, readers try it themselves. For one thread at a time.
     *
     * @param to before which nothing changes any more; 0 keeps nothing
     */
    void keepEnd(long to) {
        End before = end;
        if (to == 0) {
            end = null;
            return;
        }
        if (before != null && before.to() == to) {
            return;
        }
        long from = Math.max(0, to - END);
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        if (before != null && before.from <= from && before.to() > from) {
            before.read(bytes, from);
        }
        try {
            while (bytes.hasRemaining() && readFile(bytes, from + bytes.position()) > 0) {
                // until there is all of it
            }
            end = bytes.hasRemaining() ? null : new End(from, bytes.array());
        } catch (IOException e) {
            end = null; // as those who read it will hear
        }
    }

    /**
     * Reads once, as {@link FileChannel#read(ByteBuffer, long)} does. From any thread.
     *
     * @throws ClosedByInterruptException when the calling thread is interrupted; it stays so
     * @throws ClosedChannelException after {@link #close}
     */
    int read(ByteBuffer into, long position) throws IOException {
        End kept = end;
        return kept != null
                        && position >= kept.from
                        && position < kept.to()
                        && !Thread.currentThread().isInterrupted()
                ? kept.read(into, position)
                : readFile(into, position);
    }

    private int readFile(ByteBuffer into, long position) throws IOException {
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
        end = null;
        FileChannel current = channel;
        if (current != null) {
            current.close();
        }
    }
}
