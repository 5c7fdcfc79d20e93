package io.sallyport.builds.executor.docker;

import io.sallyport.builds.log.Stream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * Takes apart an engine's stream of two: each frame has a header of eight bytes, the first of which says which stream it
 * is of (1 standard output, 2 standard error), the last four how long it is (Docker Engine API, ContainerAttach).
 */
final class Frames {
    /** Takes the bytes of one stream; the buffer is good during the call. */
    @FunctionalInterface
    interface Target {
        void take(Stream stream, ByteBuffer bytes) throws IOException;
    }

    private static final int HEADER = 8;
    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final Target target;

    Frames(InputStream in, Target target) {
        this.in = in;
        this.target = target;
    }

    /**
     * Hands over all, until the stream ends.
     *
     * @throws EOFException when it ends within a frame
     */
    void handOver() throws IOException {
        handOver(() -> false);
    }

    /** The same, but no more than until what was handed over says, after a frame, that it is enough. */
    void handOver(BooleanSupplier enough) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (!enough.getAsBoolean() && in.readNBytes(buffer, 0, HEADER) == HEADER) {
            ByteBuffer header = ByteBuffer.wrap(buffer, 0, HEADER);
            Stream stream = buffer[0] == 2 ? Stream.ERR : Stream.OUT;
            long left = Integer.toUnsignedLong(header.getInt(4));
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    throw new EOFException("the engine's stream breaks off");
                }
                left -= count;
                target.take(stream, ByteBuffer.wrap(buffer, 0, count));
            }
        }
    }
}
