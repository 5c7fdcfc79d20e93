package io.sallyport.builds.source;

import io.sallyport.builds.blob.Blob;
import java.util.Optional;

/**
 * A received source, checked to the last entry and durable in the content store.
 *
 * @param kind how it is packed
 * @param blob the bytes exactly as they were received, or made of a commit
 * @param entries how many files, folders and links it has
 * @param unpackedBytes sum of the file sizes
 * @param tarBytes length of {@code source.tar}: the blob's own for a tar, else that of the tar made from it
 * @param origin where it was fetched from, of {@link SourceKind#GIT}
 */
public record Source(
        SourceKind kind, Blob blob, long entries, long unpackedBytes, long tarBytes, Optional<GitOrigin> origin) {
    /** A source that was sent. */
    public Source(SourceKind kind, Blob blob, long entries, long unpackedBytes, long tarBytes) {
        this(kind, blob, entries, unpackedBytes, tarBytes, Optional.empty());
    }
}
