package io.sallyport.keys.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * The file that is written to. All but {@link #force} is for one thread at a time; no thread's interruption, which means
 * that a peer is gone, harms it.
 */
final class SegmentFile implements Closeable {
    private final int number;
    private final RandomAccessFile file;
    private long length;

    private SegmentFile(int number, RandomAccessFile file, long length) {
        this.number = number;
        this.file = file;
        this.length = length;
    }

    /** Opens a file, made if absent, mode 0600; what is in it after {@code length} bytes is cut off. */
    static SegmentFile open(Segments segments, int number, long length) throws IOException {
        Path path = segments.file(number);
        if (!Files.exists(path)) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        SegmentFile opened = new SegmentFile(number, new RandomAccessFile(path.toFile(), "rw"), length);
        try {
            opened.cutBack();
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    int number() {
        return number;
    }

    long length() {
        return length;
    }

    /**
     * Adds a line, and its line feed.
     *
     * @throws IOException when it cannot be written as a whole; nothing of it is left then
     */
    void append(byte[] line) throws IOException {
        byte[] bytes = Arrays.copyOf(line, line.length + 1);
        bytes[line.length] = '\n';
        try {
            if (file.getFilePointer() != length) {
                cutBack(); // which a failure before this one could not
            }
            file.write(bytes);
            length += bytes.length;
        } catch (IOException e) {
            try {
                cutBack();
            } catch (IOException further) {
                e.addSuppressed(further);
            }
            throw e;
        }
    }

    private void cutBack() throws IOException {
        file.setLength(length);
        file.seek(length);
    }

    /** Brings to the disk what has been added. May be called while others add; not by a thread that is interrupted. */
    void force() throws IOException {
        file.getChannel().force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
