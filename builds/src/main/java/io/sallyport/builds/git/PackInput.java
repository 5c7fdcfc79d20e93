package io.sallyport.builds.git;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The bytes of a pack, some of them compressed, counted and hashed as they are used. For one thread. */
final class PackInput implements Closeable {
    private static final int WINDOW = 64 << 10;

    private final InputStream in;
    private final MessageDigest hash;
    private final Inflater inflater = new Inflater();
    private final byte[] window = new byte[WINDOW];
    private int hashed;
    private int from;
    private int to;
    private long before;

    PackInput(InputStream in, MessageDigest hash) {
        this.in = in;
        this.hash = hash;
    }

    /** How many bytes have been used. */
    long position() {
        return before + from;
    }

    /** The next byte, which must come. */
    int next() throws IOException {
        if (from == to) {
            fill();
        }
        return window[from++] & 0xff;
    }

    private void fill() throws IOException {
        hash.update(window, hashed, from - hashed);
        before += from;
        from = 0;
        hashed = 0;
        to = in.read(window, 0, window.length);
        if (to <= 0) {
            to = 0;
            throw GitFailure.malformed("the pack ends too early");
        }
    }

    /** What is compressed here and unpacked has so many bytes; to be read to its end. */
    InputStream inflated(long size) {
        inflater.reset();
        return new Inflated(size);
    }

    /** Reads the hash at the end, which must be that of all before it, and that nothing follows. */
    void finish() throws IOException {
        hash.update(window, hashed, from - hashed);
        byte[] wanted = hash.digest();
        hashed = from;
        for (byte each : wanted) {
            if (next() != (each & 0xff)) {
                throw GitFailure.malformed("the pack's checksum is wrong");
            }
        }
        if (from < to || in.read() >= 0) {
            throw GitFailure.malformed("there are bytes after the pack");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private final class Inflated extends InputStream {
        private final byte[] one = new byte[1];
        private long left;
        private boolean begun;

        Inflated(long size) {
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                end();
                return -1;
            }
            int count = inflate(target, offset, (int) Math.min(length, left));
            if (count == 0) {
                throw GitFailure.malformed("an object is shorter than it says");
            }
            left -= count;
            return count;
        }

        private void end() throws IOException {
            if (!inflater.finished() && inflate(one, 0, 1) != 0) {
                throw GitFailure.malformed("an object is longer than it says");
            }
        }

        /** Some bytes; 0 at the end of what is compressed. */
        private int inflate(byte[] target, int offset, int length) throws IOException {
            try {
                while (!inflater.finished()) {
                    if (!begun || inflater.needsInput()) {
                        refill();
                    }
                    int count = inflater.inflate(target, offset, length);
                    from = to - inflater.getRemaining();
                    if (count > 0) {
                        return count;
                    }
                    if (inflater.needsDictionary()) {
                        throw GitFailure.malformed("an object that needs a dictionary");
                    }
                }
                return 0;
            } catch (DataFormatException e) {
                throw GitFailure.malformed("an object whose compressed bytes are damaged");
            }
        }

        private void refill() throws IOException {
            begun = true;
            if (from == to) {
                fill();
            }
            inflater.setInput(window, from, to - from);
        }
    }
}
