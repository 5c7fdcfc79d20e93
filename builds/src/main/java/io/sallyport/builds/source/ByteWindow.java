package io.sallyport.builds.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stream with a window over its bytes: headers are looked at in place and bodies are skipped without being copied.
 * For one thread. It has nothing to close.
 */
final class ByteWindow extends InputStream {
    /** Where the bytes come from. */
    interface Supply {
        /**
         * Fills the window from its start.
         *
         * @return how many bytes are in it now; fewer than it can hold only when these are the last ones
         * @throws IOException when the bytes cannot be had
         */
        int fill(byte[] window) throws IOException;
    }

    private final Supply supply;
    private final byte[] window;
    private int from;
    private int to;
    private long before;
    private boolean last;

    /**
     * A window over a supply.
     *
     * @param size of the window in bytes
     */
    ByteWindow(Supply supply, int size) {
        this.supply = supply;
        this.window = new byte[size];
    }

    /** Count of bytes that have been read or skipped. */
    long position() {
        return before + from;
    }

    /** Whether there are bytes to read; fetches some when the window is empty. */
    boolean hasMore() throws IOException {
        while (from == to && !last) {
            before += to;
            from = 0;
            to = 0;
            to = supply.fill(window);
            last = to < window.length;
        }
        return from < to;
    }

    /** The first bytes, at most {@code count}, without reading them. Only at the start of the stream. */
    byte[] first(int count) throws IOException {
        if (position() != 0) {
            throw new IllegalStateException("not at the start");
        }
        return hasMore() ? Arrays.copyOf(window, Math.min(to, count)) : new byte[0];
    }

    /** Fills the block, or as much of it as there are bytes left; returns how many. */
    int readBlock(byte[] block) throws IOException {
        return readNBytes(block, 0, block.length);
    }

    /** The bytes in the window, from {@link #offset} on, {@link #available} of them; valid until the next call. */
    byte[] bytes() {
        return window;
    }

    /** Where in {@link #bytes} the next byte is. */
    int offset() {
        return from;
    }

    /** How many bytes are in the window; never fetches any. */
    @Override
    public int available() {
        return to - from;
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? window[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(window, from, target, offset, count);
        from += count;
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long left = count;
        while (left > 0 && hasMore()) {
            int step = (int) Math.min(left, to - from);
            from += step;
            left -= step;
        }
        return Math.max(0, count - Math.max(0, left));
    }

    /**
     * Reads to the end.
     *
     * @return whether all that was left is zeros
     */
    boolean onlyZerosLeft(Budget budget) throws IOException {
        while (hasMore()) {
            for (int i = from; i < to; i++) {
                if (window[i] != 0) {
                    return false;
                }
            }
            budget.unpacked(to - from);
            from = to;
        }
        return true;
    }
}
