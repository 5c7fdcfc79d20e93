package io.sallyport.builds.retention;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Collected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a run has come to so far. For one thread. */
final class Tally {
    private final Map<What, Long> items = new EnumMap<>(What.class);
    private final List<Removal> shown = new ArrayList<>();
    private final List<String> over = new ArrayList<>();
    private long bytes;
    private boolean more;

    void add(Removal removal) {
        items.merge(removal.what(), removal.items(), Long::sum);
        bytes += removal.bytes();
        if (shown.size() < Report.SHOWN) {
            shown.add(removal);
        } else {
            more = true;
        }
    }

    void over(String project) {
        over.add(project);
    }

    Report report(boolean rehearsed, Instant began, Instant ended, Collected blobs, List<Blob> missing) {
        return new Report(rehearsed, began, ended, items, bytes, shown, more, over, blobs, missing);
    }
}
