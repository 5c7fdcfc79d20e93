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
     * Starts a new blob of yet unknown digest in a temporary file. Once committed, it is not collected before its writer is
     * closed: that is to be done after what names it was recorded.
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

    /** Keeps blobs from being collected, none at first. */
    BlobHold hold();

    /**
     * Removes all blobs that nothing names and nobody holds, and what is left of writers that could not remove it
     * themselves. Who has the bytes open reads on. May run while blobs are made and recorded; of several at once each
     * does a part of the work.
     *
     * @param names asked many times
     * @param pace of blobs that are looked at
     * @throws IOException when the store cannot be read or changed; what was removed stays removed
     * @throws InterruptedException when the thread is interrupted; the same
     */
    Collected collect(NamedBlobs names, Pace pace) throws IOException, InterruptedException;

    /**
     * Forgets the bytes; those who have them open read on. An absent digest is no error. Only for a caller that
     * knows that no record names the digest, and that nobody is about to.
     *
     * @throws IOException when the file cannot be removed
     */
    void delete(Digest digest) throws IOException;

    /** The first failure to make bytes durable since the store was opened: its disk can no longer be trusted. */
    Optional<IOException> failure();
}
