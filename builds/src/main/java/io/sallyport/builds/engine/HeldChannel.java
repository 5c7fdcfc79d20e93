package io.sallyport.builds.engine;

import io.sallyport.builds.blob.BlobHold;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/** A channel for whose time blobs are held. */
final class HeldChannel implements ReadableByteChannel {
    private final ReadableByteChannel channel;
    private final BlobHold hold;
    private final AtomicBoolean closed = new AtomicBoolean(); // any thread closes, the hold is for one

    HeldChannel(ReadableByteChannel channel, BlobHold hold) {
        this.channel = channel;
        this.hold = hold;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (closed.compareAndSet(false, true)) {
                hold.close();
            }
        }
    }
}
