package io.sallyport.builds.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** All bytes of a log, straight from its file. */
final class RawChannel implements ReadableByteChannel {
    private final Reading reading;
    private long position;

    RawChannel(Reading reading, long position) {
        this.reading = reading;
        this.position = position;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        while (position >= reading.extent().bytes()) {
            if (reading.complete()) {
                return -1;
            }
            reading.await(position, OpenLog.FOR_EVER);
        }
        int count = reading.read(into, position, reading.extent().bytes() - position);
        position += count;
        return count;
    }

    @Override
    public boolean isOpen() {
        return reading.isOpen();
    }

    @Override
    public void close() {
        reading.close();
    }
}
