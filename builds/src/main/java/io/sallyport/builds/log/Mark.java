package io.sallyport.builds.log;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A record of the index: the bytes from {@code offset} to the next mark are of this job and stream. On disk it is two
 * longs, big-endian: 48 bits offset and 16 bits job; 56 bits time and 8 bits stream.
 *
 * @param offset in the log, below 2⁴⁸
 * @param time in ms since 1970, when the first of the bytes was written
 * @param job number of the job, 0 for the build as a whole, at most {@link JobNames#MOST}
 * @param stream whose bytes they are
 */
record Mark(long offset, long time, int job, Stream stream) {
    static final int BYTES = 16;

    void put(ByteBuffer to) {
        to.putLong(offset << 16 | job);
        to.putLong(time << 8 | stream.code());
    }

    /** The mark in the next bytes, or empty when they cannot be one. */
    static Optional<Mark> get(ByteBuffer from) {
        long place = from.getLong();
        long what = from.getLong();
        return Stream.ofCode((int) what & 0xff)
                .map(stream -> new Mark(place >>> 16, what >>> 8, (int) place & 0xffff, stream));
    }

    boolean sameSource(Mark other) {
        return job == other.job && stream == other.stream;
    }
}
