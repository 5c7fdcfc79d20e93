package io.sallyport.builds.executor.workspace;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of a tar that knows whether it has ended as a tar does: with two blocks of zeros, and not in its midst. */
final class WholeTar extends FilterInputStream {
    private static final int END = 1024;
    private static final int REST = 64 << 10;

    private int zeros; // at the end of what was read

    WholeTar(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count <= 0) {
            return count;
        }
        int last = offset + count - 1;
        while (last >= offset && into[last] == 0) {
            last--;
        }
        int more = offset + count - 1 - last;
        zeros = more == count ? Math.min(END, zeros + count) : Math.min(END, more);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] piece = new byte[(int) Math.min(Math.max(0, count), REST)];
        return Math.max(0, read(piece, 0, piece.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads what is left of it and refuses one that has broken off. */
    void check() throws IOException {
        byte[] piece = new byte[REST];
        int count = 0;
        while (count >= 0) {
            count = read(piece, 0, piece.length);
        }
        if (zeros < END) {
            throw new EOFException("the workspace's files break off in the midst");
        }
    }
}
