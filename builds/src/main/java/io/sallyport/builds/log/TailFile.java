package io.sallyport.builds.log;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads one of the files of a {@link Tail}: 16 bytes of header (format, then how many bytes were given to the tail before
 * this file), then frames with their pieces. A torn end is left out.
 *
 * @param before bytes given to the tail before this file
 * @param bytes of the pieces in it
 * @param size of the file in bytes, as far as it is whole
 */
record TailFile(Path path, long before, long bytes, long size) {
    static final int HEADER = 16;

    private static final long FORMAT = 0x53414c4c59_544c_31L; // SALLYTL1

    /** What begins a file. */
    static byte[] header(long before) {
        return ByteBuffer.allocate(HEADER).putLong(FORMAT).putLong(before).array();
    }

    /** Measures a file; empty when there is none, or it is torn within its header. */
    static Optional<TailFile> read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        long[] sums = {0, HEADER};
        try (InputStream in = open(path)) {
            ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
            if (header.remaining() < HEADER || header.getLong() != FORMAT) {
                return Optional.empty();
            }
            each(in, (frame, piece) -> {
                sums[0] += frame.length();
                sums[1] += Frame.BYTES + frame.length();
            });
            return Optional.of(new TailFile(path, header.getLong(), sums[0], sums[1]));
        }
    }

    /** Gives all pieces in order. */
    void each(Pieces pieces) throws IOException {
        try (InputStream in = open(path)) {
            in.skipNBytes(HEADER);
            each(in, pieces);
        }
    }

    private static void each(InputStream in, Pieces pieces) throws IOException {
        byte[] piece = new byte[Tail.PIECE];
        while (true) {
            byte[] head = in.readNBytes(Frame.BYTES);
            Optional<Frame> frame = head.length < Frame.BYTES ? Optional.empty() : Frame.get(ByteBuffer.wrap(head));
            if (frame.isEmpty()
                    || in.readNBytes(piece, 0, frame.get().length())
                            < frame.get().length()) {
                return;
            }
            pieces.take(frame.get(), piece);
        }
    }

    /** Not by a channel: the end of a build must not be at the mercy of an interrupted caller. */
    private static InputStream open(Path path) throws IOException {
        return new BufferedInputStream(new FileInputStream(path.toFile()), Tail.PIECE);
    }

    /** Takes the pieces of a tail. */
    @FunctionalInterface
    interface Pieces {
        /** Takes one: the first {@code frame.length()} bytes, which are good during the call only. */
        void take(Frame frame, byte[] piece) throws IOException;
    }
}
