package io.sallyport.builds.cache;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.sallyport.builds.blob.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Tars of caches, compressed and back (Zstandard, RFC 8878), bounded on both sides. */
final class TarCompression {
    /** The fastest: what is cached is mostly packed already, and a job waits for it. */
    private static final int LEVEL = 1;

    private TarCompression() {}

    /** Compresses into a blob. Closing it ends the compressed data and leaves the blob open. */
    static OutputStream into(BlobWriter blob, long limit) throws IOException {
        return new ZstdOutputStreamNoFinalizer(new BoundedOutput(blob, limit), LEVEL).setChecksum(true);
    }

    /** Uncompresses, up to a number of bytes. */
    static InputStream from(InputStream packed, long limit) throws IOException {
        return new BoundedInput(new ZstdInputStreamNoFinalizer(packed), limit);
    }

    /** A blob's end of it. */
    private static final class BoundedOutput extends OutputStream {
        private final BlobWriter blob;
        private final long limit;

        BoundedOutput(BlobWriter blob, long limit) {
            this.blob = blob;
            this.limit = limit;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > limit - blob.bytes()) {
                throw new CacheTooLargeException(limit, true);
            }
            blob.write(ByteBuffer.wrap(bytes, offset, length));
        }
    }

    private static final class BoundedInput extends InputStream {
        private final InputStream in;
        private final long limit;
        private long left;

        BoundedInput(InputStream in, long limit) {
            this.in = in;
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            left -= Math.max(0, count);
            if (left < 0) {
                throw new CacheTooLargeException(limit, false);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
