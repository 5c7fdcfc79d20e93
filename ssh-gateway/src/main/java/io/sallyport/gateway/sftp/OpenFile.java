package io.sallyport.gateway.sftp;

import io.sallyport.builds.Content;
import io.sallyport.gateway.channel.PacketOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being read. As long as it is read in order its bytes are opened once. */
final class OpenFile implements Handle {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);

    private final Node file;
    private final Content content;
    private final OptionalLong size;
    private @Nullable ReadableByteChannel channel;
    private long position;

    private OpenFile(Node file, Content content, OptionalLong size) {
        this.file = file;
        this.content = content;
        this.size = size;
    }

    /** Opens a file: from now on its size is what it is now. */
    static OpenFile of(Node file) throws Failure, InterruptedException {
        Content content = file.content();
        return new OpenFile(file, content, size(content));
    }

    /** The size of a content, if it knows. */
    static OptionalLong size(Content content) throws Failure {
        try {
            return content.size();
        } catch (UncheckedIOException e) {
            throw unreadable(e);
        }
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
     * Goes to an offset, if that is not the next byte anyway.
     *
     * @throws Failure when the bytes cannot be had
     */
    void seek(long offset) throws Failure {
        try {
            if (channel != null && position != offset) {
                abandon();
                channel = null;
            }
            if (channel == null) {
                channel = content.open(offset);
                position = offset;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Copies bytes that are there, from the last {@link #seek} on.
     *
     * @throws EOFException when there are less: then the reply under way cannot be finished
     */
    void copy(int length, PacketOutput to) throws IOException {
        ReadableByteChannel from = opened();
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
    byte[] read(int most) throws IOException {
        ReadableByteChannel from = opened();
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

    private static Failure unreadable(Exception why) {
        LOG.warn("a file cannot be read", why);
        return new Failure(Status.FAILURE, "the file cannot be read");
    }

    private ReadableByteChannel opened() {
        ReadableByteChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("nothing is open");
        }
        return open;
    }
}
