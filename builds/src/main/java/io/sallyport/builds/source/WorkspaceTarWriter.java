package io.sallyport.builds.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Writes what {@link WorkspaceTar} reads. The same entries give the same bytes always. For one thread; the stream
 * remains the caller's.
 */
public final class WorkspaceTarWriter {
    private final OutputStream out;
    private final byte[] piece = new byte[128 << 10];

    /** Writes to a stream. */
    public WorkspaceTarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes a folder or a link. */
    public void add(WorkspaceEntry entry) throws IOException {
        if (entry instanceof WorkspaceEntry.RegularFile file && file.size() > 0) {
            throw new IllegalArgumentException("a file without its bytes: " + file.path());
        }
        out.write(TarBlocks.headers(entry));
    }

    /**
     * Writes a file.
     *
     * @param content as many bytes as the entry says; more are not read
     * @throws EOFException when there are fewer; the tar is of no use then
     */
    public void add(WorkspaceEntry.RegularFile file, ReadableByteChannel content) throws IOException {
        out.write(TarBlocks.headers(file));
        long left = file.size();
        while (left > 0) {
            ByteBuffer buffer = ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, left));
            if (content.read(buffer) < 0) {
                throw new EOFException(file.path() + " has become shorter while it was read");
            }
            out.write(piece, 0, buffer.position());
            left -= buffer.position();
        }
        out.write(new byte[(int) (-file.size() & (TarHeader.BLOCK - 1))]);
    }

    /** Writes the end. */
    public void finish() throws IOException {
        out.write(new byte[TarBlocks.END]);
        out.flush();
    }
}
