package io.sallyport.builds.cache;

import io.sallyport.builds.blob.BlobWriter;
import java.io.IOException;
import java.io.OutputStream;

/** A cache on its way into a {@link BlobCacheStore}. */
final class BlobCacheWriter implements CacheWriter {
    private final BlobWriter blob;
    private final OutputStream packed;
    private final OutputStream tar;
    private final Naming naming;
    private final Runnable onClose;
    private boolean closed;

    /** Brings a content to disk and puts it under its key. */
    @FunctionalInterface
    interface Naming {
        SavedCache name(BlobWriter blob) throws IOException;
    }

    BlobCacheWriter(BlobWriter blob, CacheLimits limits, Naming naming, Runnable onClose) throws IOException {
        this.blob = blob;
        this.packed = TarCompression.into(blob, limits.largest());
        this.tar = new Bounded(packed, limits.unpackedBytes());
        this.naming = naming;
        this.onClose = onClose;
    }

    @Override
    public OutputStream tar() {
        return tar;
    }

    @Override
    public SavedCache commit() throws IOException {
        packed.close();
        return naming.name(blob);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (blob) {
            packed.close(); // frees memory that is not the heap's
        } catch (IOException e) {
            // what it would still have written is not wanted
        } finally {
            onClose.run();
        }
    }

    /** Counts what goes in. */
    private static final class Bounded extends OutputStream {
        private final OutputStream to;
        private final long limit;
        private long left;

        Bounded(OutputStream to, long limit) {
            this.to = to;
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new CacheTooLargeException(limit, false);
            }
            to.write(bytes, offset, length);
        }
    }
}
