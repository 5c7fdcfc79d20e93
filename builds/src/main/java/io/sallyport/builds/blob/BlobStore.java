package io.sallyport.builds.blob;

import io.sallyport.builds.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Bytes under the digest of their content. Equal bytes are stored once. All methods may be called from any thread.
 * What {@link BlobWriter#commit} has returned survives a power cut.
 */
public interface BlobStore {
    /**
     * Starts a new blob of yet unknown digest in a temporary file.
     *
     * @throws StorageFullException when the disk is full
     * @throws IOException when the store cannot be written for another reason
     */
    BlobWriter create() throws IOException;

    /** The bytes under the digest, or empty when the store has none. */
    Optional<Content> read(Digest digest);

    /**
     * The file that holds the bytes, for readers that need to seek (a zip's directory); never to be written to.
     * Empty when the store has none.
     */
    Optional<Path> file(Digest digest);

    /**
     * Forgets the bytes; those who have them open read on. An absent digest is no error. Only for a caller that
     * knows that no record names the digest.
     *
     * @throws IOException when the file cannot be removed
     */
    void delete(Digest digest) throws IOException;

    /** The first failure to make bytes durable since the store was opened: its disk can no longer be trusted. */
    Optional<IOException> failure();
}
