package io.sallyport.builds.blob;

import java.io.IOException;

/**
 * Keeps blobs from being collected while what names them is still to be recorded. Whoever makes several blobs before
 * they are recorded together makes them here, and closes this after that. For one thread.
 */
public interface BlobHold extends AutoCloseable {
    /**
     * Starts a new blob as {@link BlobStore#create} does; once committed, it is kept until this hold is closed.
     *
     * @throws StorageFullException when the disk is full
     * @throws IOException when the store cannot be written for another reason
     */
    BlobWriter create() throws IOException;

    /** Keeps bytes that are there already; false when the store has none under the digest. */
    boolean keep(Digest digest);

    /** From now on nothing but records keeps them. Repeated calls do nothing. */
    @Override
    void close();
}
