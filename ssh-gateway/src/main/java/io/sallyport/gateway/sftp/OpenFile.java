package io.sallyport.gateway.sftp;

import io.sallyport.builds.Content;
import io.sallyport.gateway.channel.PacketOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file that is being read. As long as it is read in order its bytes are opened once. */
final class OpenFile implements Handle {
    private final Node file;
    private final Content content;
    private final OptionalLong size;
    private @Nullable ReadableByteChannel channel;
    private long position;

    OpenFile(Node file, Content content) {
        this.file = file;
        this.content = content;
        this.size = content.size();
    }

    /** How many bytes there are at an offset, at most {@code most}; for a content that knows its size. */
    int available(long offset, int most) {
        long left = size.orElseThrow() - offset;
        return offset < 0 ? 0 : Math.clamp(left, 0, most);
    }

    boolean knowsItsSize() {
        return size.isPresent();
    }

    /**
     * Copies bytes that are there.
     *
     * @throws EOFException when there are less: then the reply under way cannot be finished
     */
    void copy(long offset, int length, PacketOutput to) throws IOException {
        ReadableByteChannel from = at(offset);
        int left = length;
        while (left > 0) {
            int count = to.read(from, left);
            if (count < 0) {
                throw new EOFException("a file of " + size + " bytes ended before byte " + (position + left));
            }
            left -= count;
            position += count;
        }
    }

    /** Reads bytes of a content that does not know its size; fewer than {@code most} only at the end. */
    byte[] read(long offset, int most) throws IOException {
        ReadableByteChannel from = at(offset);
        ByteBuffer bytes = ByteBuffer.allocate(most);
        while (bytes.hasRemaining()) {
            if (from.read(bytes) < 0) {
                break;
            }
        }
        position += bytes.position();
        byte[] all = new byte[bytes.position()];
        bytes.get(0, all);
        return all;
    }

    @Override
    public Attributes attributes() throws Failure, InterruptedException {
        return file.attributes();
    }

    @Override
    public void abandon() throws IOException {
        ReadableByteChannel open = channel;
        if (open != null) {
            open.close();
        }
    }

    private ReadableByteChannel at(long offset) throws IOException {
        ReadableByteChannel open = channel;
        if (open != null && position == offset) {
            return open;
        }
        if (open != null) {
            open.close();
            channel = null;
        }
        open = content.open(offset);
        channel = open;
        position = offset;
        return open;
    }
}
