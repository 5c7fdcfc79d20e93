package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one stream of a job from its pipe to the output, on a thread of its own. When the output blocks, the pipe
 * fills up and the script waits. The pipe never ends by itself, whoever still holds it: {@link #flush} and
 * {@link #finish} put a {@link Mark} behind what was written so far and wait until it comes out.
 */
final class OutputPump implements AutoCloseable {
    /** Takes a part of the stream. */
    @FunctionalInterface
    interface Target {
        void take(ByteBuffer bytes) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(OutputPump.class);
    private static final int BUFFER = 64 << 10; // as much as a pipe holds by default (pipe(7))
    private static final long PATIENCE_SECONDS = 2;

    private final FileChannel pipe;
    private final FileChannel marks;
    private final InputStream gauge;
    private final Target target;
    private final Consumer<IOException> onFailure;
    private final SecureRandom random;
    private final Thread thread;
    private final AtomicReference<@Nullable Mark> expected = new AtomicReference<>();
    private volatile boolean handingOver;
    private boolean failed; // of the pump's thread

    /**
     * Opens the pipe; nothing is read before {@link #start}.
     *
     * @param onFailure told once when the target fails; what comes after is read and dropped
     */
    OutputPump(Path pipe, SecureRandom random, Target target, Consumer<IOException> onFailure) throws IOException {
        // Open for both, so that opening does not wait for a writer and reading does not end with one.
        this.pipe = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.marks = FileChannel.open(pipe, StandardOpenOption.WRITE);
        this.gauge = Files.newInputStream(pipe);
        this.random = random;
        this.target = target;
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name("output-pump").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Returns when all that was written before has been handed over. */
    void flush() throws IOException, InterruptedException {
        pass(new Mark(random, false));
    }

    /** Hands over all that was written before and ends. */
    void finish() throws IOException, InterruptedException {
        pass(new Mark(random, true));
        close();
        thread.join();
    }

    /** What lies in the pipe and was not read yet, at most a buffer full; instead of {@link #start}. */
    byte[] unread() throws IOException {
        Mark end = new Mark(random, true);
        marks.write(end.bytes());
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        int at = 0;
        do {
            pipe.read(buffer);
            at = end.indexIn(buffer.duplicate().flip());
        } while (at + end.length() > buffer.position() && buffer.hasRemaining());
        byte[] said = new byte[at];
        buffer.flip().get(said);
        return said;
    }

    private void pass(Mark mark) throws IOException, InterruptedException {
        expected.set(mark);
        marks.write(mark.bytes());
        while (!mark.seen().await(PATIENCE_SECONDS, TimeUnit.SECONDS) && !lost()) {
            LOG.debug("still waiting for the output to be taken");
        }
    }

    /** A process that reads its own output pipe can take the mark away. That must not stop the job's end. */
    private boolean lost() throws IOException {
        return !thread.isAlive() || (!handingOver && gauge.available() == 0);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        boolean open = true;
        try {
            while (open) {
                pipe.read(buffer);
                handingOver = true;
                buffer.flip();
                open = handOver(buffer);
                buffer.compact();
                handingOver = false;
            }
        } catch (IOException e) {
            // closed: everything has been handed over, or nobody waits for it any more
        }
    }

    /** Hands over up to a mark, and what follows it. Leaves a mark's beginning in the buffer; false at the last. */
    private boolean handOver(ByteBuffer buffer) {
        Mark mark = expected.get();
        if (mark == null) {
            deliver(buffer, buffer.limit());
            return true;
        }
        int at = mark.indexIn(buffer);
        deliver(buffer, at);
        if (buffer.remaining() < mark.length()) {
            return true;
        }
        buffer.position(at + mark.length());
        expected.compareAndSet(mark, null);
        if (!mark.last()) {
            mark.seen().countDown();
        }
        deliver(buffer, buffer.limit());
        mark.seen().countDown();
        return !mark.last();
    }

    private void deliver(ByteBuffer buffer, int end) {
        int limit = buffer.limit();
        buffer.limit(end);
        try {
            if (!failed && buffer.hasRemaining()) {
                target.take(buffer);
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            onFailure.accept(e instanceof IOException failure ? failure : new IOException("the output failed", e));
        }
        buffer.limit(limit).position(end);
    }

    /** Ends the thread, also one that waits for the pipe. Repeated calls do nothing. */
    @Override
    public void close() throws IOException {
        try (marks;
                gauge) {
            pipe.close();
        }
    }
}
