package io.sallyport.builds.git;

import java.io.IOException;
import java.io.InputStream;

/** A part of the file of unpacked objects. For one thread; it has nothing to close. */
final class Region extends InputStream {
    private static final int WINDOW = 8 << 10;

    private final Objects objects;
    private final byte[] window;
    private long at;
    private long left;
    private int from;
    private int to;

    Region(Objects objects, long start, long length) {
        this.objects = objects;
        this.at = start;
        this.left = length;
        this.window = new byte[(int) Math.min(WINDOW, length)];
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
        if (from == to && length >= window.length && left > 0) {
            int count = (int) Math.min(length, left);
            objects.read(at, target, offset, count);
            at += count;
            left -= count;
            return count;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(window, from, target, offset, count);
        from += count;
        return count;
    }

    private boolean hasMore() throws IOException {
        if (from == to && left > 0) {
            to = (int) Math.min(window.length, left);
            from = 0;
            objects.read(at, window, 0, to);
            at += to;
            left -= to;
        }
        return from < to;
    }
}
