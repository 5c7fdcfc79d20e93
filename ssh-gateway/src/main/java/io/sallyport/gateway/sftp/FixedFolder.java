package io.sallyport.gateway.sftp;

import java.time.Instant;
import java.util.List;

/** A folder that is always there. */
record FixedFolder(Instant modified, List<Entry> entries) implements Node {
    @Override
    public Attributes attributes() {
        return Attributes.folder(modified);
    }

    @Override
    public Listing list() {
        return Listing.of(entries);
    }
}
