package io.sallyport.builds.retention;

import io.sallyport.builds.blob.Blob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A build that has ended, and what there is of it.
 *
 * @param id of the build
 * @param finished when it ended
 * @param source it was made from
 * @param hasSource whether it still has that
 * @param hasLog whether it still has its log
 * @param files its artifacts
 */
record Candidate(long id, Instant finished, Blob source, boolean hasSource, boolean hasLog, List<Files> files) {
    /** Keeps the list from changing. */
    Candidate {
        files = List.copyOf(files);
    }

    /**
     * The artifacts of one job.
     *
     * @param job its name
     * @param expireIn how long they are kept; empty as the project has it
     * @param count of them, from 1
     */
    record Files(String job, Optional<Duration> expireIn, long count) {}
}
