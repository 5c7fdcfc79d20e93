package io.sallyport.builds.blob;

import io.sallyport.builds.DiskSync;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A blob on its way into a {@link FileBlobStore}; hashed and written by the thread that brings it. */
final class FileBlobWriter implements BlobWriter {
    private static final Logger LOG = LoggerFactory.getLogger(FileBlobWriter.class);

    private final FileBlobStore store;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest sha256;
    private final EarlySync early;
    private final FileHold hold;
    private final boolean alone;
    private long bytes;
    private boolean done;

    /**
     * Writes to a channel that is open on {@code file}, which then belongs to the writer.
     *
     * @param hold of the blob, once committed
     * @param alone whether the hold ends with the writer
     */
    FileBlobWriter(FileBlobStore store, Path file, FileChannel channel, FileHold hold, boolean alone) {
        this.hold = hold;
        this.alone = alone;
        this.store = store;
        this.file = file;
        this.channel = channel;
        this.early = new EarlySync(channel);
        this.sha256 = sha256();
    }

    @Override
    public void write(ByteBuffer buffer) throws IOException {
        int length = buffer.remaining();
        sha256.update(buffer.duplicate());
        writeFully(buffer);
        bytes += length;
        early.written(bytes);
    }

    private void writeFully(ByteBuffer buffer) throws IOException {
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw StorageFullException.recognise(e, file);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Blob commit() throws IOException {
        if (done) {
            throw new IllegalStateException("committed or closed already: " + file);
        }
        try {
            long began = System.nanoTime();
            early.await();
            DiskSync.of(channel, false);
            channel.close();
            Blob blob = new Blob(new Digest(HexFormat.of().formatHex(sha256.digest())), bytes);
            store.adopt(file, blob, hold);
            done = true;
            store.abandon(file);
            store.synced(Duration.ofNanos(System.nanoTime() - began));
            return blob;
        } catch (SyncFailedException e) {
            throw store.failed(e);
        } catch (IOException e) {
            throw StorageFullException.recognise(e, file);
        }
    }

    @Override
    public void close() {
        if (alone) {
            hold.close();
        }
        if (done) {
            return;
        }
        done = true;
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} is left until blobs are collected", file, e);
        } finally {
            store.abandon(file);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
