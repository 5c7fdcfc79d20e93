package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine that goes away and comes back is told to remove. */
@Timeout(60)
class RemovalsTest {
    private final Removals removals = new Removals();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private volatile boolean away;
    private volatile boolean refusing;
    private volatile boolean there = true;

    @AfterEach
    void close() {
        removals.close();
    }

    private Removals.Removal removal(String name) {
        return () -> {
            asked.add(name);
            if (away) {
                throw EngineException.silent("remove it", "the engine is away", new IllegalStateException());
            }
            if (refusing) {
                throw EngineException.refused("remove it", 403, "it is in use", new IllegalStateException());
            }
            return there;
        };
    }

    private String next() throws InterruptedException {
        return String.valueOf(asked.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void whatCanBeIsRemovedAtOnceAndOnce() throws Exception {
        removals.remove("container a", removal("a"));
        assertEquals("a", next());
        removals.await(System.nanoTime() + Duration.ofSeconds(30).toNanos());
        assertTrue(asked.isEmpty(), asked::toString);
    }

    @Test
    void anEngineThatIsAwayIsToldWhenItIsBackInTheSameOrder() throws Exception {
        away = true;
        removals.remove("container a", removal("a"));
        removals.remove("network b", removal("b"));
        assertEquals(List.of("a", "b"), List.of(next(), next()));
        assertEquals("a", next()); // and nothing else, as long as that does not get an answer
        assertEquals("a", next());
        away = false;
        removals.await(System.nanoTime() + Duration.ofSeconds(30).toNanos());
        assertEquals("b", asked.stream().reduce("", (one, other) -> other));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsRefusedOrNotThereYetIsTriedAgain(boolean isRefused) throws Exception {
        refusing = isRefused;
        there = isRefused;
        if (isRefused) {
            removals.remove("network a", removal("a"));
        } else {
            removals.removeShouldItCome("containers/a", Duration.ofHours(1), removal("a"));
        }
        assertEquals(List.of("a", "a", "a"), List.of(next(), next(), next()));
    }

    @Test
    void whatNeverComesIsGivenUp() throws Exception {
        there = false;
        removals.removeShouldItCome("containers/a", Duration.ZERO, removal("a"));
        assertEquals("a", next());
        removals.removeShouldItCome("containers/b", Duration.ZERO, removal("b"));
        assertEquals("b", next());
    }

    @Test
    void nobodyWaitsForAnEngineLongerThanHeWants() throws Exception {
        away = true;
        removals.remove("container a", removal("a"));
        removals.await(System.nanoTime());
        away = false;
        removals.await(System.nanoTime() + Duration.ofSeconds(30).toNanos());
        assertEquals(List.of("a", "a"), List.of(next(), next()));
    }
}
