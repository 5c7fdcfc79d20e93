package io.sallyport.builds.blob;

import java.util.Collection;
import java.util.Set;

/** Knows which blobs some record names. */
@FunctionalInterface
public interface NamedBlobs {
    /**
     * Those of the digests that a record names, of all records that were on disk when this was called. From any thread;
     * must not use the blob store.
     */
    Set<Digest> named(Collection<Digest> digests);
}
