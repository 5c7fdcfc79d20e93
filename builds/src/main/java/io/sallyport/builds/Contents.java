package io.sallyport.builds;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Contents made of bytes in memory, and of other contents. */
public final class Contents {
    private Contents() {}

    /** The bytes; they must not be changed any more. */
    public static Content of(byte[] bytes) {
        return new InMemory(bytes);
    }

    /** One after the other. Every part must know its size. */
    public static Content concat(List<Content> parts) {
        return new Sequence(List.copyOf(parts));
    }

    private static final class InMemory implements Content {
        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(bytes.length);
        }

        @Override
        public ReadableByteChannel open(long offset) {
            int from = (int) Math.min(offset, bytes.length);
            return new Bytes(ByteBuffer.wrap(bytes, from, bytes.length - from));
        }
    }

    private static final class Bytes implements ReadableByteChannel {
        private final ByteBuffer left;
        private boolean closed;

        Bytes(ByteBuffer left) {
            this.left = left;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (!left.hasRemaining()) {
                return -1;
            }
            int length = Math.min(into.remaining(), left.remaining());
            into.put(left.slice(left.position(), length));
            left.position(left.position() + length);
            return length;
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private record Sequence(List<Content> parts) implements Content {
        @Override
        public OptionalLong size() {
            return OptionalLong.of(
                    parts.stream().mapToLong(part -> part.size().orElseThrow()).sum());
        }

        @Override
        public ReadableByteChannel open(long offset) throws IOException {
            long skip = offset;
            for (int part = 0; part < parts.size(); part++) {
                long size = parts.get(part).size().orElseThrow();
                if (skip < size) {
                    return new Chain(parts, part, skip);
                }
                skip -= size;
            }
            return new Chain(parts, parts.size(), 0);
        }
    }

    private static final class Chain implements ReadableByteChannel {
        private final List<Content> parts;
        private int next;
        private @Nullable ReadableByteChannel current;
        private boolean closed;

        Chain(List<Content> parts, int first, long offset) throws IOException {
            this.parts = parts;
            this.next = first;
            if (first < parts.size()) {
                current = parts.get(first).open(offset);
                next++;
            }
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            while (current != null) {
                int length = current.read(into);
                if (length >= 0) {
                    return length;
                }
                current.close();
                current = next < parts.size() ? parts.get(next++).open(0) : null;
            }
            return -1;
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            if (current != null) {
                current.close();
            }
        }
    }
}
