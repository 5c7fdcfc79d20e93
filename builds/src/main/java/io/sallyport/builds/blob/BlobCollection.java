package io.sallyport.builds.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * One walk over all blobs of a {@link FileBlobStore} that removes those that nothing names. Holds a bounded number of
 * names in memory, however many blobs there are.
 *
 * <p>A blob is removed under the lock of its digest, after it was seen there that nobody holds it, and then, with a look
 * at the records begun after that, that none names it. Whoever is about to record a name has held the blob since before
 * it was said to be there, and holds it until the record is on disk. So either the hold is seen, or the record is, or the
 * blob is made anew after it was removed. A crash leaves a blob too many and never one too few.
 */
final class BlobCollection {
    private static final int TOGETHER = 256;

    private final FileBlobStore store;
    private final Holds holds;
    private final NamedBlobs names;
    private final Pace pace;
    private long looked;
    private long removed;
    private long bytes;

    BlobCollection(FileBlobStore store, Holds holds, NamedBlobs names, Pace pace) {
        this.store = store;
        this.holds = holds;
        this.names = names;
        this.pace = pace;
    }

    Collected run(Path finished) throws IOException, InterruptedException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(finished)) {
            for (Path folder : folders) {
                walk(folder);
            }
        }
        return new Collected(looked, removed, bytes, 0);
    }

    private void walk(Path folder) throws IOException, InterruptedException {
        List<Digest> together = new ArrayList<>(TOGETHER);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                // What is called otherwise is not the store's, and left alone.
                Digest.parse("sha256:" + file.getFileName()).ifPresent(together::add);
                if (together.size() == TOGETHER) {
                    look(together);
                }
            }
        }
        look(together);
    }

    /** Most blobs are named, which a look at many at once tells at little cost. */
    private void look(List<Digest> together) throws IOException, InterruptedException {
        Set<Digest> named = names.named(together);
        for (Digest digest : together) {
            if (!named.contains(digest)) {
                removeUnlessNamed(digest);
            }
        }
        int count = together.size();
        looked += count;
        together.clear();
        pace.after(count);
    }

    private void removeUnlessNamed(Digest digest) throws IOException {
        Lock lock = holds.lock(digest);
        lock.lock();
        try {
            if (!holds.has(digest) && names.named(List.of(digest)).isEmpty()) {
                bytes += store.remove(digest);
                removed++;
            }
        } finally {
            lock.unlock();
        }
    }
}
