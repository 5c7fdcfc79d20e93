package io.sallyport.client;

import java.time.Duration;

/**
 * How long a lost connection is tried anew.
 *
 * @param first pause before the second attempt; later ones double
 * @param longest pause
 * @param total from the last progress until it is given up; zero tries once only
 */
public record Patience(Duration first, Duration longest, Duration total) {
    /** Pauses from a quarter of a second to 15 s, for five minutes. */
    public static Patience usual() {
        return usual(Duration.ofMinutes(5));
    }

    /** The usual pauses, for another time in all. */
    public static Patience usual(Duration total) {
        return new Patience(Duration.ofMillis(250), Duration.ofSeconds(15), total);
    }
}
