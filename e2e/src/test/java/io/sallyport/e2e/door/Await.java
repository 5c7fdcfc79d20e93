package io.sallyport.e2e.door;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Waits for conditions, never for times. */
final class Await {
    /** Far more than anything here takes, so that reaching it is a failure and not a slow machine. */
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private Await() {}

    /** Returns when the condition holds; fails after the deadline. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, DEADLINE, condition);
    }

    /** The same with a deadline that is itself promised. */
    static void until(String what, Duration deadline, Callable<Boolean> condition) throws Exception {
        found(what, deadline, () -> condition.call() ? Optional.of(what) : Optional.empty());
    }

    /** Returns what is found, as soon as something is; fails after the deadline. */
    static <T> T found(String what, Duration deadline, Callable<Optional<T>> search) throws Exception {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            long begun = System.nanoTime();
            Optional<T> found = search.call();
            if (found.isPresent()) {
                return found.get();
            }
            long now = System.nanoTime();
            if (now > end) {
                throw new AssertionError("waited in vain for " + what + ", " + deadline.toSeconds() + " s");
            }
            // A look may be a program and a connection: what is waited for gets the processor for as long as it took.
            Thread.sleep(
                    Math.max(BETWEEN_LOOKS.toMillis(), Math.min((now - begun) / 1_000_000, LONGEST_PAUSE.toMillis())));
        }
    }
}
