package io.sallyport.builds.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A blob in the making, for one thread. Closing it without {@link #commit} removes every trace; closing it afterwards
 * leaves it to the records, or to its {@link BlobHold}, to keep the blob.
 */
public interface BlobWriter extends AutoCloseable {
    /**
     * Appends all remaining bytes of the buffer.
     *
     * @throws StorageFullException when the disk is full
     * @throws IOException when they cannot be written for another reason
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Count of bytes written so far. */
    long bytes();

    /**
     * The temporary file, for one who must look at all bytes before deciding (a zip). Everything written so far is in
     * it after this call.
     */
    Path file() throws IOException;

    /**
     * Makes the bytes durable under their digest: fsync of the file, rename, fsync of the folder. At most once.
     *
     * @throws StorageFullException when the disk is full
     * @throws IOException when that fails; nothing that may be relied on is then stored
     */
    Blob commit() throws IOException;

    /** Removes the temporary file unless committed; else gives up its hold of the blob. Repeated calls do nothing. */
    @Override
    void close();
}
