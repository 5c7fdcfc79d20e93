package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's ends of the two pipes between it and a job's shell. What comes is only counted, never read: a script
 * that writes here itself can make its own commands be announced too early, and nothing else.
 */
final class Talk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Talk.class);

    private final FileChannel ask;
    private final FileChannel answer;

    Talk(RunFolder folder) throws IOException {
        ask = openForBoth(folder.ask());
        answer = openForBoth(folder.answer());
    }

    /** Open for both, so that opening waits for nobody and nobody's leaving ends it. */
    private static FileChannel openForBoth(Path pipe) throws IOException {
        return FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Waits until the shell asks, for a byte; false when the talk was closed instead. */
    boolean heard() throws IOException {
        try {
            ByteBuffer one = ByteBuffer.allocate(1);
            while (one.hasRemaining()) {
                ask.read(one);
            }
            return true;
        } catch (ClosedChannelException e) {
            return false;
        }
    }

    /** Lets the shell go on. Waits where the script itself has filled the pipe, until the talk is closed. */
    void answer() throws IOException {
        try {
            ByteBuffer line = ByteBuffer.wrap(new byte[] {'\n'});
            while (line.hasRemaining()) {
                answer.write(line);
            }
        } catch (ClosedChannelException e) {
            // the shell has ended, which is learned in another way
        }
    }

    /** Ends a wait under way. Repeated calls do nothing. */
    @Override
    public void close() {
        try (answer) {
            ask.close();
        } catch (IOException e) {
            LOG.warn("closing the pipes to a job's shell failed", e);
        }
    }
}
