package io.sallyport.gateway.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.builds.StalledException;
import io.sallyport.gateway.settings.Config;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long is waited for a body, on a clock that the test moves. */
class PaceTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private long now;
    private final Pace pace = new Pace(new Config.Upload(100, WINDOW), () -> now);

    @Test
    void aByteNowAndThenIsTooLittle() throws Exception {
        for (int second = 0; second < 10; second++) {
            wait(1);
            pace.came(1);
        }

        StalledException stalled = assertThrows(StalledException.class, this::left);
        assertEquals(100, stalled.least());
        assertEquals(WINDOW, stalled.window());
    }

    @Test
    void enoughBytesBeginANewWindowEvenWhileSomebodyWaits() throws Exception {
        wait(9);
        pace.begin();
        pass(0.9);
        pace.came(60);
        pace.came(40);
        pass(9);
        assertEquals(Duration.ofSeconds(1).toNanos(), pace.left());

        pass(1);
        assertThrows(StalledException.class, pace::left);
    }

    @Test
    void timeInWhichNobodyWaitsIsNotThePeers() throws Exception {
        wait(4);
        pass(1000);
        wait(4);

        assertEquals(2, left());
    }

    private long left() throws StalledException {
        pace.begin();
        return Duration.ofNanos(pace.left()).toSeconds();
    }

    private void wait(int seconds) {
        pace.begin();
        pass(seconds);
        pace.end();
    }

    private void pass(double seconds) {
        now += (long) (seconds * 1e9);
    }
}
