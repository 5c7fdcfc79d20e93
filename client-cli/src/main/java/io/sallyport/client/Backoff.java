package io.sallyport.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The pauses between attempts: doubling, bounded, scattered, so that many clients do not come back at once. */
final class Backoff {
    private final Patience patience;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private Duration next;
    private long since;

    /** Starts to count the time at once. */
    Backoff(Patience patience, LongSupplier nanoTime, RandomGenerator random) {
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.random = random;
        this.next = patience.first();
        this.since = nanoTime.getAsLong();
    }

    /** There was progress: pauses and time start anew. */
    void progressed() {
        next = patience.first();
        since = nanoTime.getAsLong();
    }

    /** The next pause, from half to all of what is due; empty when the time is up. */
    Optional<Duration> pause() {
        if (nanoTime.getAsLong() - since >= patience.total().toNanos()) {
            return Optional.empty();
        }
        Duration due = next;
        next = due.multipliedBy(2).compareTo(patience.longest()) < 0 ? due.multipliedBy(2) : patience.longest();
        long half = due.toNanos() / 2;
        return Optional.of(Duration.ofNanos(half + random.nextLong(half + 1)));
    }
}
