package io.sallyport.gateway.sftp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A folder that is being listed. */
final class OpenFolder implements Handle {
    private final Node folder;
    private final Listing listing;
    private final Deque<Entry> ahead = new ArrayDeque<>();

    OpenFolder(Node folder, Listing listing) {
        this.folder = folder;
        this.listing = listing;
    }

    /** The next entry, which stays the next until it is taken; empty at the end. */
    Optional<Entry> peek() throws Failure, InterruptedException {
        if (ahead.isEmpty()) {
            ahead.addAll(listing.next());
        }
        return Optional.ofNullable(ahead.peek());
    }

    /** Goes on behind the entry that was peeked at. */
    void take() {
        ahead.remove();
    }

    @Override
    public Attributes attributes() throws Failure, InterruptedException {
        return folder.attributes();
    }

    @Override
    public void abandon() {
        ahead.clear();
    }
}
