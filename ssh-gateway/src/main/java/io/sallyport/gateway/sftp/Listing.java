package io.sallyport.gateway.sftp;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** What is in a folder, batch by batch, so that a long one is never in memory as a whole. For one thread. */
interface Listing {
    /** The next entries; none at the end, and then none for ever. */
    List<Entry> next() throws Failure, InterruptedException;

    /** All at once. */
    static Listing of(List<Entry> entries) {
        Queue<List<Entry>> once = new ArrayDeque<>(List.of(entries));
        return () -> {
            List<Entry> batch = once.poll();
            return batch == null ? List.of() : batch;
        };
    }
}
