package io.sallyport.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final AtomicLong now = new AtomicLong();
    private final Backoff backoff = new Backoff(
            new Patience(Duration.ofMillis(100), Duration.ofMillis(1000), Duration.ofSeconds(10)),
            now::get,
            new Random(1));

    @Test
    void pausesDoubleUpToTheLongest() {
        for (long due : new long[] {100, 200, 400, 800, 1000, 1000}) {
            long pause = backoff.pause().orElseThrow().toMillis();
            assertTrue(pause >= due / 2 && pause <= due, due + ": " + pause);
        }
    }

    @Test
    void endsWhenTheTimeIsUp() {
        now.addAndGet(Duration.ofSeconds(10).toNanos());

        assertEquals(Optional.empty(), backoff.pause());
    }

    @Test
    void progressStartsItAnew() {
        backoff.pause();
        backoff.pause();
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        backoff.progressed();

        assertTrue(backoff.pause().orElseThrow().toMillis() <= 100);
    }
}
