package io.sallyport.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A stream that is handled line by line. A line longer than 64 KiB comes in pieces. Closing hands on what is left and
 * closes nothing else. Safe for many threads, whose writes must each be whole lines if they are not to be mixed.
 */
public abstract class Lines extends OutputStream {
    private static final int LONGEST = 64 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** For subclasses. */
    protected Lines() {}

    /**
     * Takes one line.
     *
     * @param bytes with the line feed, if there is one
     */
    protected abstract void line(byte[] bytes) throws IOException;

    @Override
    public synchronized void write(int b) throws IOException {
        line.write(b);
        if (b == '\n' || line.size() >= LONGEST) {
            handOn();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (line.size() > 0) {
            handOn();
        }
    }

    private void handOn() throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        line(bytes);
    }
}
