package io.sallyport.builds.engine;

import java.time.Duration;

/**
 * With storage that fails: a full disk may have room again soon, or later.
 *
 * @param tries again, before it is given up for now
 * @param between these
 * @param again after that long the end of a build is tried that could not be recorded
 */
record Patience(int tries, Duration between, Duration again) {
    /** For a minute, and then each minute. */
    static final Patience USUAL = new Patience(60, Duration.ofSeconds(1), Duration.ofMinutes(1));
}
