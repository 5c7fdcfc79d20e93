package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts the files of a log in order that may have been left at any instruction, before it is read or written. Every byte
 * that a reader can have been given stays: a mark is written before the bytes it describes and a reader sees both only
 * after the second, so what is on disk without having been shown is at most more of it. Marks beyond the bytes go; a
 * merge that did not reach its end is undone, none of it has been shown. After a power cut a file can be longer than what
 * of it has reached the disk; the zeros at its end go.
 */
final class Repair {
    private static final int PIECE = 64 << 10;

    private final LogFiles files;

    private Repair(LogFiles files) {
        this.files = files;
    }

    /**
     * Repairs and measures. Only while nobody writes or reads the log.
     *
     * @throws NoSuchFileException when there is no such log
     */
    static Extent of(LogFiles files) throws IOException {
        if (!Files.exists(files.data())) {
            throw new NoSuchFileException(files.data().toString());
        }
        Optional<IndexHeader> header = IndexHeader.read(files.index());
        Optional<BuildState> end = header.flatMap(IndexHeader::end);
        Repair repair = new Repair(files);
        return end.isPresent() ? repair.ended(end) : repair.growing(header);
    }

    private Extent ended(Optional<BuildState> end) throws IOException {
        Files.deleteIfExists(files.tail());
        Files.deleteIfExists(files.olderTail());
        long marks = (Files.size(files.index()) - IndexHeader.BYTES) / Mark.BYTES;
        return new Extent(Files.size(files.data()), marks, end);
    }

    private Extent growing(Optional<IndexHeader> header) throws IOException {
        try (AppendFile data = new AppendFile(files.data());
                AppendFile index = new AppendFile(files.index())) {
            if (header.isEmpty()) {
                index.truncate(0);
                index.append(IndexHeader.fresh(), 0, IndexHeader.BYTES);
            }
            OptionalLong merging = header.map(IndexHeader::merging).orElse(OptionalLong.empty());
            if (merging.isPresent()) {
                data.truncate(merging.getAsLong());
            }
            if (header.map(IndexHeader::boot).orElse(0L) != Boot.current()) {
                dropZeros(data, header.map(IndexHeader::synced).orElse(0L));
            }
            long marks = dropBeyond(index, data.size());
            if (marks == 0 && data.size() > 0) {
                claim(index);
                marks = 1;
            }
            if (merging.isPresent()) {
                index.overwrite(IndexHeader.MERGING, IndexHeader.merging(OptionalLong.empty()));
            }
            return new Extent(data.size(), marks, Optional.empty());
        }
    }

    /** Cuts off the zeros at the end, but for those that were surely on the disk. */
    private static void dropZeros(AppendFile data, long synced) throws IOException {
        long end = data.size();
        while (end > synced) {
            byte[] piece = new byte[(int) Math.min(PIECE, end - synced)];
            data.read(end - piece.length, piece);
            int last = piece.length - 1;
            while (last >= 0 && piece[last] == 0) {
                last--;
            }
            end -= piece.length - 1 - last;
            if (last >= 0) {
                break;
            }
        }
        data.truncate(end);
    }

    /** Cuts the index before its first mark that lies beyond the bytes; gives how many are left. */
    private static long dropBeyond(AppendFile index, long bytes) throws IOException {
        long good = 0;
        long beyond = (index.size() - IndexHeader.BYTES) / Mark.BYTES;
        while (good < beyond) {
            long middle = (good + beyond) >>> 1;
            if (within(index, middle, bytes)) {
                good = middle + 1;
            } else {
                beyond = middle;
            }
        }
        index.truncate(IndexHeader.BYTES + good * Mark.BYTES);
        return good;
    }

    private static boolean within(AppendFile index, long number, long bytes) throws IOException {
        byte[] read = new byte[Mark.BYTES];
        index.read(IndexHeader.BYTES + number * Mark.BYTES, read);
        return Mark.get(ByteBuffer.wrap(read))
                .filter(mark -> mark.offset() < bytes)
                .isPresent();
    }

    /** A power cut can take the whole index; the bytes are then said to be the script's. */
    private void claim(AppendFile index) throws IOException {
        ByteBuffer mark = ByteBuffer.allocate(Mark.BYTES);
        new Mark(0, Files.getLastModifiedTime(files.data()).toMillis(), 0, Stream.OUT).put(mark);
        index.append(mark.array(), 0, Mark.BYTES);
    }
}
