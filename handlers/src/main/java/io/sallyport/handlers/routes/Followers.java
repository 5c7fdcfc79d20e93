package io.sallyport.handlers.routes;

import io.sallyport.builds.Content;
import io.sallyport.handlers.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** How many requests follow a log or wait for a build, up to a limit. May be used by any thread. */
final class Followers {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final int limit;
    private final AtomicInteger count = new AtomicInteger();

    Followers(int limit) {
        this.limit = limit;
    }

    boolean full() {
        return count.get() >= limit;
    }

    Problem refusal() {
        return Problem.of(
                        429, "too-many-followers", "Too many requests wait", limit + " requests wait or follow already")
                .retryAfter(SOON);
    }

    /** Counts one that waits; it must {@link #leave}. */
    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        count.decrementAndGet();
    }

    /** The same content, counted while it is open. */
    Content counted(Content content) {
        return new Content() {
            @Override
            public OptionalLong size() {
                return content.size();
            }

            @Override
            public ReadableByteChannel open(long offset) throws IOException {
                ReadableByteChannel channel = content.open(offset);
                enter();
                return new Counted(channel);
            }
        };
    }

    private final class Counted implements ReadableByteChannel {
        private final ReadableByteChannel channel;

        Counted(ReadableByteChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                leave();
            }
            channel.close();
        }
    }
}
