package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The first 64 bytes of an index: 8 of format and version; how the build ended (56 bits ms since 1970, 8 bits state), 0
 * until then; from which offset on the log may be in the middle of a merge, plus 1, 0 when it is not; how many bytes of the
 * log are surely on the disk; the start of the machine in which it was written; zeros. The end has its place from the
 * beginning, so that even a full disk can take it.
 *
 * @param end how the build ended
 * @param merging where the log is to be cut when it is opened, because {@link Tail} was being put in place
 * @param synced bytes of the log that were made durable, at least
 * @param boot {@link Boot#current} of its last writer
 */
record IndexHeader(Optional<BuildState> end, OptionalLong merging, long synced, long boot) {
    static final int BYTES = 64;
    static final int END = 8;
    static final int MERGING = 16;
    static final int SYNCED = 24;
    static final int BOOT = 32;

    private static final long FORMAT = 0x53414c4c59_4c47_31L; // SALLYLG1

    /** The header of an index of that name; empty when there is none, not even half of one. */
    static Optional<IndexHeader> read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return bytes.length < BYTES ? Optional.empty() : Optional.of(parse(file, ByteBuffer.wrap(bytes)));
    }

    private static IndexHeader parse(Path file, ByteBuffer bytes) throws IOException {
        if (bytes.getLong(0) != FORMAT) {
            throw new IOException(file + " is not an index of a log, or of a newer format");
        }
        long merging = bytes.getLong(MERGING);
        return new IndexHeader(
                state((int) bytes.getLong(END) & 0xff),
                merging == 0 ? OptionalLong.empty() : OptionalLong.of(merging - 1),
                bytes.getLong(SYNCED),
                bytes.getLong(BOOT));
    }

    /** The header of a new log. */
    static byte[] fresh() {
        return ByteBuffer.allocate(BYTES).putLong(FORMAT).array();
    }

    /** What stands at {@link #END} when the build has ended so at that time (ms since 1970). */
    static byte[] end(BuildState state, long time) {
        return bytes(time << 8 | code(state));
    }

    /** What stands at {@link #MERGING} while bytes from that offset on may be withdrawn. */
    static byte[] merging(OptionalLong from) {
        return bytes(from.isEmpty() ? 0 : from.getAsLong() + 1);
    }

    /** A number at its place. */
    static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static int code(BuildState state) {
        return switch (state) {
            case SUCCEEDED -> 1;
            case FAILED -> 2;
            case CANCELED -> 3;
            case TIMEDOUT -> 4;
            case ERRORED -> 5;
            case QUEUED, RUNNING -> throw new IllegalArgumentException(state + " is no end");
        };
    }

    private static Optional<BuildState> state(int code) {
        return switch (code) {
            case 1 -> Optional.of(BuildState.SUCCEEDED);
            case 2 -> Optional.of(BuildState.FAILED);
            case 3 -> Optional.of(BuildState.CANCELED);
            case 4 -> Optional.of(BuildState.TIMEDOUT);
            case 5 -> Optional.of(BuildState.ERRORED);
            default -> Optional.empty();
        };
    }
}
