package io.sallyport.builds.retention;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Blobs that records name and that are not there, or not whole: a disk, or somebody, has lost them. */
final class MissingBlobs {
    private static final int MOST = 1000;

    private final BlobRecords records;
    private final BlobStore blobs;

    MissingBlobs(BlobRecords records, BlobStore blobs) {
        this.records = records;
        this.blobs = blobs;
    }

    /** Looks at all that are named, one after the other; the answer is the first 1,000. */
    List<Blob> find(Pace pace) throws IOException, InterruptedException {
        List<Blob> missing = new ArrayList<>();
        Optional<Blob> blob = records.next(Optional.empty());
        while (blob.isPresent() && missing.size() < MOST) {
            if (isMissing(blob.get())) {
                missing.add(blob.get());
            }
            pace.after(1);
            blob = records.next(blob.map(Blob::digest));
        }
        return missing;
    }

    /** One that is lost is still named when it is seen not to be there. */
    private boolean isMissing(Blob blob) throws IOException {
        return !isWhole(blob) && !records.named(List.of(blob.digest())).isEmpty() && !isWhole(blob);
    }

    private boolean isWhole(Blob blob) throws IOException {
        Optional<Path> file = blobs.file(blob.digest());
        try {
            return file.isPresent() && Files.size(file.get()) == blob.bytes();
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
