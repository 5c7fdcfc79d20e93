package io.sallyport.builds.log;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What stands before each piece in a {@link Tail}. On disk two longs, big-endian: 48 bits length and 16 bits job; 56 bits
 * time and 8 bits stream, plus 128 at the start of a line.
 *
 * @param length of the piece in bytes
 * @param time in ms since 1970
 * @param job number of the job
 * @param stream whose bytes they are
 * @param lineStart whether what the job wrote to that stream before ended with a newline
 */
record Frame(int length, long time, int job, Stream stream, boolean lineStart) {
    static final int BYTES = 16;

    private static final int LINE_START = 0x80;

    void put(ByteBuffer to) {
        to.putLong((long) length << 16 | job);
        to.putLong(time << 8 | stream.code() | (lineStart ? LINE_START : 0));
    }

    /** The frame in the next bytes, or empty when they cannot be one. */
    static Optional<Frame> get(ByteBuffer from) {
        long place = from.getLong();
        long what = from.getLong();
        int code = (int) what & 0xff;
        boolean lineStart = (code & LINE_START) != 0;
        return Stream.ofCode(code & ~LINE_START)
                .filter(stream -> place >>> 16 > 0 && place >>> 16 <= Tail.PIECE)
                .map(stream -> new Frame((int) (place >>> 16), what >>> 8, (int) place & 0xffff, stream, lineStart));
    }

    /** A number for job and stream together. */
    int source() {
        return source(job, stream);
    }

    static int source(int job, Stream stream) {
        return job << 2 | stream.code();
    }
}
