package io.sallyport.handlers.routes;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongPredicate;

/** A body whose bytes are counted as they are read, and that ends with a failure where its meter says so. */
final class MeteredBody extends InputStream {
    private final InputStream in;
    private final LongPredicate meter;

    /** {@code meter} is told how many bytes have come, and answers whether these are still within the bounds. */
    MeteredBody(InputStream in, LongPredicate meter) {
        this.in = in;
        this.meter = meter;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0 && !meter.test(count)) {
            throw new IOException("more bytes than the sender's quota allows");
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
