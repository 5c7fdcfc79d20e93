package io.sallyport.builds.retention;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Collected;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param rehearsed whether nothing was removed, but only said what would be
 * @param began when
 * @param ended when
 * @param items how many there are of each kind: builds, sources, logs, artifacts
 * @param bytes of blobs and files that nothing else needs, and that go with them
 * @param removals the first of them, in the order in which they were made; at most {@link #SHOWN}
 * @param more whether there were more
 * @param over the names of projects, or {@code *} for all together, that take more bytes than they may, because what is
 *     left is always kept
 * @param blobs what the collection of blobs came to; nothing when it was rehearsed
 * @param missing blobs that records name and that are not there, or not whole; the first 1,000
 */
public record Report(
        boolean rehearsed,
        Instant began,
        Instant ended,
        Map<What, Long> items,
        long bytes,
        List<Removal> removals,
        boolean more,
        List<String> over,
        Collected blobs,
        List<Blob> missing) {
    /** The most removals that are told one by one. */
    public static final int SHOWN = 1000;

    /** Keeps the collections from changing. */
    public Report {
        items = Map.copyOf(items);
        removals = List.copyOf(removals);
        over = List.copyOf(over);
        missing = List.copyOf(missing);
    }
}
