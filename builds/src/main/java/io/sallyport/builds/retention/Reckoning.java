package io.sallyport.builds.retention;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.log.LogStore;
import java.io.IOException;
import java.util.Optional;

/**
 * What room the removals of a run make. A blob makes room with the last of its names, so the order counts. For one
 * thread.
 */
final class Reckoning {
    private final BlobRecords blobs;
    private final LogStore logs;
    private final Planned planned = new Planned();

    Reckoning(BlobRecords blobs, LogStore logs) {
        this.blobs = blobs;
        this.logs = logs;
    }

    /**
     * Room that is made.
     *
     * @param bytes of blobs and files that nothing else needs
     * @param ofProject the same, where other projects do not count
     */
    record Room(long bytes, long ofProject) {}

    /** What has been removed so far. */
    Planned planned() {
        return planned;
    }

    /** Counts a removal that is about to be made. */
    Room add(Candidate build, Loss loss, Optional<Long> project) throws IOException {
        planned.add(build.id(), loss);
        boolean log = build.hasLog() && (loss.what() == What.LOG || loss.what() == What.BUILD);
        long bytes = log ? logs.bytes(build.id()) : 0;
        long ofProject = bytes;
        for (Blob blob : blobs.of(build, loss)) {
            if (!blobs.isNamed(blob.digest(), planned, Optional.empty())) {
                bytes += blob.bytes();
                ofProject += blob.bytes();
            } else if (project.isPresent() && !blobs.isNamed(blob.digest(), planned, project)) {
                ofProject += blob.bytes();
            }
        }
        return new Room(bytes, ofProject);
    }
}
