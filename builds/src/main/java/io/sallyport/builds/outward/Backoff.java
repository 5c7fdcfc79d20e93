package io.sallyport.builds.outward;

import java.time.Duration;

/**
 * How long to wait between tries: about twice as long after each failure, with so much chance in it that those who failed
 * together do not come back together.
 *
 * @param first about how long after the first failure
 * @param longest at most
 */
record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    /**
     * The wait after so many failures in a row.
     *
     * @param failures from 1
     * @param chance from 0 to 1
     */
    Duration after(int failures, double chance) {
        double doubled = (double) first.toMillis() * Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS));
        double most = Math.min(doubled, (double) longest.toMillis());
        return Duration.ofMillis(Math.round(most / 2 + most / 2 * chance));
    }
}
