package io.sallyport.builds.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/**
 * A stream that never waits, as a channel. Closing it from another thread waits for the read under way, which is short,
 * because decompressors must not be freed while they work; the next read fails.
 */
final class StreamChannel implements ReadableByteChannel {
    private static final int PIECE = 64 << 10;

    private final InputStream stream;
    private final Opened opened;
    private boolean closed;

    /** Takes a stream and what was opened for it, which is closed with the channel. */
    StreamChannel(InputStream stream, Opened opened) {
        this.stream = stream;
        this.opened = opened;
    }

    /** Passes over bytes, to the end at most; closes the channel when that fails. */
    StreamChannel skip(long count) throws IOException {
        byte[] piece = new byte[PIECE];
        long left = count;
        try {
            while (left > 0) {
                int read = stream.read(piece, 0, (int) Math.min(left, PIECE));
                if (read < 0) {
                    return this;
                }
                left -= read;
            }
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        if (target.hasArray()) {
            int read = stream.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
            if (read > 0) {
                target.position(target.position() + read);
            }
            return read;
        }
        byte[] piece = new byte[Math.min(PIECE, target.remaining())];
        int read = stream.read(piece);
        if (read > 0) {
            target.put(piece, 0, read);
        }
        return read;
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        opened.close();
    }
}
