package io.sallyport.builds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who may fetch now, and who waits. */
class TurnsTest {
    private final Turns turns = new Turns(4, 2);

    private Optional<Turns.Turn> now(String who) throws InterruptedException {
        return turns.take(who, Duration.ZERO);
    }

    @Test
    void nobodyHasMoreThanHalf() throws Exception {
        assertTrue(now("ann").isPresent());
        Turns.Turn second = now("ann").orElseThrow();

        assertEquals(Optional.empty(), now("ann"));
        assertTrue(now("ben").isPresent());
        assertTrue(now("cid").isPresent());
        assertEquals(Optional.empty(), now("dan"));
        second.close();
        assertTrue(now("dan").isPresent());
        assertEquals(Optional.empty(), now("ann"));
    }

    @Test
    void whoWaitsGetsTheNextOne() throws Exception {
        Turns one = new Turns(1, 1);
        Turns.Turn first = one.take("ann", Duration.ZERO).orElseThrow();
        CompletableFuture<Boolean> waiting = new CompletableFuture<>();
        Thread waiter = Thread.startVirtualThread(() -> {
            try {
                waiting.complete(one.take("ben", Duration.ofMinutes(1)).isPresent());
            } catch (InterruptedException e) {
                waiting.complete(false);
            }
        });

        first.close();

        assertTrue(waiting.get());
        waiter.join();
    }
}
