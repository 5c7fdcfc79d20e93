package io.sallyport.builds.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a log just ahead of a reader, so that short pieces cost no read each. Has no memory while it waits long. */
final class Window {
    /** How many bytes it can show at once. */
    static final int MOST = 8192;

    private static final int LEAST = 1024;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Reading reading;
    private ByteBuffer bytes = NONE; // from 0 to its position: what was read
    private long start; // in the log

    Window(Reading reading) {
        this.reading = reading;
    }

    /**
     * Shows bytes of the log.
     *
     * @param position of the first, in the log; not before that of the last call
     * @param count how many, at most {@link #MOST}; the extent must have them
     * @return a view with exactly these bytes remaining, good until the next call
     */
    ByteBuffer show(long position, int count) throws IOException {
        if (count > ready(position)) {
            fill(position, count);
        }
        return bytes.slice((int) (position - start), count);
    }

    /** How many bytes from a position on, not before that of the last call, can be shown without reading. */
    int ready(long position) {
        return (int) Math.max(0, start + bytes.position() - position);
    }

    private void fill(long position, int count) throws IOException {
        long ahead = Math.min(MOST, reading.extent().bytes() - position);
        int keep = ready(position);
        ByteBuffer target = bytes.capacity() >= ahead ? bytes : ByteBuffer.allocate(roomFor(ahead));
        target.put(0, bytes, bytes.position() - keep, keep);
        bytes = target.clear().position(keep);
        start = position;
        while (bytes.position() < count) {
            reading.read(bytes, start + bytes.position(), ahead - bytes.position());
        }
    }

    private static int roomFor(long ahead) {
        return ahead <= LEAST ? LEAST : MOST;
    }

    /** Gives the memory back; what was shown is read again when it is wanted again. */
    void forget() {
        bytes = NONE;
    }
}
