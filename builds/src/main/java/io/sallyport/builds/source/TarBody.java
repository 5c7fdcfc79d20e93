package io.sallyport.builds.source;

import java.io.IOException;
import java.io.InputStream;

/** The body of one entry of a tar. */
final class TarBody extends InputStream {
    private final ByteWindow in;
    private final int padding;
    private long left;
    private boolean finished;

    TarBody(ByteWindow in, long size) {
        this.in = in;
        this.left = size;
        this.padding = (int) (-size & (TarHeader.BLOCK - 1));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(left, length));
        if (count < 0) {
            throw cut();
        }
        left -= count;
        return count;
    }

    /** Passes over what was not read, and the padding. Repeated calls do nothing. */
    void finish() throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        if (in.skip(left) < left || in.skip(padding) < padding) {
            throw cut();
        }
        left = 0;
    }

    private static Unacceptable cut() {
        return Unacceptable.damaged("it ends within an entry");
    }
}
