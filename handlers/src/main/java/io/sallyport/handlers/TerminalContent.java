package io.sallyport.handlers;

import io.sallyport.builds.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/**
 * Foreign bytes as {@link TerminalText}. Offsets are those of the foreign bytes.
 *
 * @param foreign what is filtered
 */
public record TerminalContent(Content foreign) implements Content {
    /** Not known before the end. */
    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public ReadableByteChannel open(long offset) throws IOException {
        return new Filtered(foreign.open(offset));
    }

    /** A channel that filters what it reads from another. */
    private static final class Filtered implements ReadableByteChannel {
        private static final int BUFFER = 4096;

        private final ReadableByteChannel foreign;
        private final TerminalText text = new TerminalText();
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);
        private final ByteBuffer out = ByteBuffer.allocate(BUFFER).limit(0);
        private boolean ended;

        Filtered(ReadableByteChannel foreign) {
            this.foreign = foreign;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            while (!out.hasRemaining() && into.hasRemaining()) {
                if (ended) {
                    return -1;
                }
                fill();
            }
            int length = Math.min(out.remaining(), into.remaining());
            into.put(out.slice(out.position(), length));
            out.position(out.position() + length);
            return length;
        }

        private void fill() throws IOException {
            if (!in.hasRemaining()) {
                ended = foreign.read(in.clear()) < 0;
                in.flip();
            }
            out.clear();
            text.filter(in, out);
            if (ended) {
                text.end(out);
            }
            out.flip();
        }

        @Override
        public boolean isOpen() {
            return foreign.isOpen();
        }

        @Override
        public void close() throws IOException {
            foreign.close();
        }
    }
}
