package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.VisitOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's ends of the pipes of one visit. Each is open for both, so that opening waits for nobody. What comes out of
 * {@code code} is the job's own word, and believed no further than that.
 */
final class VisitPipes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VisitPipes.class);
    private static final int LONGEST_LINE = 16;

    private final FileChannel script;
    private final FileChannel in;
    private final FileChannel code;
    private final FileChannel size;
    private final FileChannel bell;
    private final OutputPump out;
    private final OutputPump err;
    private final List<AutoCloseable> open;

    private VisitPipes(List<FileChannel> channels, OutputPump out, OutputPump err, List<AutoCloseable> open) {
        this.script = channels.get(0);
        this.in = channels.get(1);
        this.code = channels.get(2);
        this.size = channels.get(3);
        this.bell = channels.get(4);
        this.out = out;
        this.err = err;
        this.open = open;
    }

    /**
     * Opens them, and begins to take what is printed.
     *
     * @param onFailure told when the output takes no more, from a thread of a pump's
     */
    static VisitPipes open(VisitFolder folder, SecureRandom random, VisitOutput output, Consumer<IOException> onFailure)
            throws IOException {
        List<AutoCloseable> open = new ArrayList<>();
        try {
            List<FileChannel> channels = new ArrayList<>();
            for (Path pipe : List.of(folder.script(), folder.in(), folder.code(), folder.size(), folder.bell())) {
                FileChannel channel = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
                channels.add(channel);
                open.add(channel);
            }
            OutputPump out = new OutputPump(folder.out(), random, output::out, onFailure);
            open.add(out);
            OutputPump err = new OutputPump(folder.err(), random, output::err, onFailure);
            open.add(err);
            out.start();
            err.start();
            return new VisitPipes(channels, out, err, open);
        } catch (IOException e) {
            close(open);
            throw e;
        }
    }

    /** Asks for the visit of that name, and gives the text that is run; waits until that is taken. */
    void ring(String visit, String text) throws IOException {
        write(bell, (visit + "\n").getBytes(StandardCharsets.US_ASCII), 0, -1);
        write(script, text.getBytes(StandardCharsets.UTF_8), 0, -1);
    }

    void input(byte[] bytes, int offset, int length) throws IOException {
        write(in, bytes, offset, length);
    }

    /** Whoever reads comes to an end. */
    void endInput() {
        close(List.of(in));
    }

    void resize(Entry.Terminal to) throws IOException {
        write(size, (to.lines() + " " + to.columns() + "\n").getBytes(StandardCharsets.US_ASCII), 0, -1);
    }

    private static void write(FileChannel pipe, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length < 0 ? bytes.length : length);
        while (left.hasRemaining()) {
            pipe.write(left);
        }
    }

    /**
     * Waits for the next line that is told.
     *
     * @throws IOException when the pipes are closed, or it is longer than any that is told
     */
    String told() throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (line.length() < LONGEST_LINE) {
            one.clear();
            if (code.read(one) > 0) {
                if (one.get(0) == '\n') {
                    return line.toString();
                }
                line.append((char) one.get(0));
            }
        }
        throw new IOException("something else than a code is told: " + line);
    }

    /** Ends a wait for what is told. Repeated calls do nothing. */
    void hangUp() {
        close(List.of(code, script));
    }

    /** Hands over all that was printed. */
    void finish() throws IOException, InterruptedException {
        out.finish();
        err.finish();
    }

    @Override
    public void close() {
        close(open);
    }

    private static void close(List<? extends AutoCloseable> all) {
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.warn("closing the pipes of a visit failed", e);
            }
        }
    }
}
