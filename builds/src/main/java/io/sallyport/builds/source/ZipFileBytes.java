package io.sallyport.builds.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;

/** The file of a zip, read at any place. Closing its channel is the caller's. */
record ZipFileBytes(FileChannel channel, long size) {
    static ZipFileBytes of(FileChannel channel) throws IOException {
        return new ZipFileBytes(channel, channel.size());
    }

    /** Fixed-size fields at a place, little-endian. */
    ByteBuffer fields(long position, int count) throws IOException {
        return ByteBuffer.wrap(bytes(position, count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Exactly {@code count} bytes at a place. */
    byte[] bytes(long position, int count) throws IOException {
        byte[] bytes = new byte[count];
        if (position < 0 || read(bytes, count, position) < count) {
            throw Unacceptable.damaged("a zip that points to behind its end");
        }
        return bytes;
    }

    /** The bytes from one place to another as a stream. */
    ByteWindow window(long from, long to, int windowSize) {
        return new ByteWindow(
                new ByteWindow.Supply() {
                    private long position = from;

                    @Override
                    public int fill(byte[] window) throws IOException {
                        int count = read(window, (int) Math.min(window.length, to - position), position);
                        position += count;
                        return count;
                    }
                },
                windowSize);
    }

    private int read(byte[] target, int count, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, count);
        try {
            while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
                // A read may bring less than was asked for.
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreFailure(e);
        }
        return buffer.position();
    }
}
