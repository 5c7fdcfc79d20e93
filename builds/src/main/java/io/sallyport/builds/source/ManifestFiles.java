package io.sallyport.builds.source;

import io.sallyport.builds.Content;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.Digest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** The contents that a stored manifest names. */
public final class ManifestFiles {
    private ManifestFiles() {}

    /**
     * Of all its files, in their order.
     *
     * @throws IOException when there is no such manifest, or it cannot be read
     */
    public static List<Digest> of(Digest name, BlobStore blobs) throws IOException {
        Content content =
                blobs.read(name).orElseThrow(() -> new FileNotFoundException("the store has no manifest " + name));
        List<Digest> digests = new ArrayList<>();
        try (ReadableByteChannel channel = content.open(0)) {
            ManifestReader manifest = new ManifestReader(SourceWalk.window(channel), blobs);
            while (manifest.next() != null) {
                manifest.digest().ifPresent(digests::add);
            }
        }
        return digests;
    }
}
