package io.sallyport.builds.blob;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What one thread holds of a {@link FileBlobStore}. */
final class FileHold implements BlobHold {
    private final FileBlobStore store;
    private final Holds holds;
    private final Set<Digest> mine = new HashSet<>();

    FileHold(FileBlobStore store, Holds holds) {
        this.store = store;
        this.holds = holds;
    }

    @Override
    public BlobWriter create() throws IOException {
        return store.writer(this, false);
    }

    @Override
    public boolean keep(Digest digest) {
        return store.keep(digest, this);
    }

    /** Under the digest's lock. */
    void add(Digest digest) {
        if (mine.add(digest)) {
            holds.add(digest);
        }
    }

    @Override
    public void close() {
        mine.forEach(holds::remove);
        mine.clear();
    }
}
