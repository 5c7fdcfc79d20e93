package io.sallyport.keys.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line, holding no more than a line and a buffer of it; goes on where a file has grown. */
final class LineReader implements Closeable {
    private static final int BUFFER = 128 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
    private long offset;
    private long count;

    private LineReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static LineReader open(Path file) throws IOException {
        return new LineReader(file, FileChannel.open(file, StandardOpenOption.READ));
    }

    Path file() {
        return file;
    }

    /** How many lines have been read. */
    long count() {
        return count;
    }

    /** The byte after the last line that was read, its line feed included. */
    long offset() {
        return offset;
    }

    /** How many bytes after {@link #offset} are there, once {@link #next} has answered null. */
    int unfinished() {
        return buffer.remaining();
    }

    /** The same bytes. */
    byte[] rest() {
        return Arrays.copyOfRange(buffer.array(), buffer.position(), buffer.limit());
    }

    /**
     * The next line without its line feed; null when no more whole line is there. A line that is longer than the buffer
     * is given in pieces, none of which is a record.
     */
    byte @Nullable [] next() throws IOException {
        int feed = find(buffer.position());
        while (feed < 0) {
            if (buffer.remaining() == buffer.capacity()) {
                return take(buffer.limit(), 0);
            }
            int searched = buffer.remaining();
            buffer.compact();
            int read = channel.read(buffer);
            buffer.flip();
            if (read <= 0) {
                return null;
            }
            feed = find(searched);
        }
        return take(feed, 1);
    }

    private byte[] take(int end, int feed) {
        byte[] line = Arrays.copyOfRange(buffer.array(), buffer.position(), end);
        buffer.position(end + feed);
        offset += line.length + feed;
        count++;
        return line;
    }

    private int find(int from) {
        byte[] bytes = buffer.array();
        for (int i = from; i < buffer.limit(); i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
