package io.sallyport.builds.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that grows at its end. Made of {@link RandomAccessFile} because a channel would be closed under all writers
 * by the interruption of one. Not for use by several threads at once, but for {@link #sync}.
 */
final class AppendFile implements Closeable {
    private final RandomAccessFile file;
    private long size;

    /** Opens the file for writing at its end, and makes it if it is not there. */
    AppendFile(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        try {
            size = file.length();
            file.seek(size);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Length in bytes, also after a failure. */
    long size() {
        return size;
    }

    /**
     * Appends the bytes.
     *
     * @throws IOException when not all of them could be written; {@link #size} tells how many were
     */
    void append(byte[] bytes, int from, int length) throws IOException {
        try {
            file.write(bytes, from, length);
            size += length;
        } catch (IOException e) {
            seekEnd(e);
            throw e;
        }
    }

    /** A full disk takes some of the bytes; where the file ends now is asked of the file. */
    private void seekEnd(IOException cause) {
        try {
            size = file.length();
            file.seek(size);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Replaces bytes within the file. */
    void overwrite(long position, byte[] bytes) throws IOException {
        file.seek(position);
        try {
            file.write(bytes);
        } finally {
            file.seek(size);
        }
    }

    /** Reads bytes within the file, as many as the array has. */
    void read(long position, byte[] into) throws IOException {
        file.seek(position);
        try {
            file.readFully(into);
        } finally {
            file.seek(size);
        }
    }

    /** Cuts the file when it is longer. */
    void truncate(long length) throws IOException {
        if (length < size) {
            file.setLength(length);
            size = length;
            file.seek(size);
        }
    }

    /** Makes all that was written durable. From any thread. */
    void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
