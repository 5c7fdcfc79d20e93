package io.sallyport.builds.source;

import java.time.Instant;

/** Times of entries, brought into what file systems and archives can hold: 1970 to 9999. */
final class Times {
    private static final long LATEST = 253_402_300_799L;

    private Times() {}

    /** The time of that many seconds and nanoseconds since 1970, or the nearest that is possible. */
    static Instant of(long seconds, int nanos) {
        if (seconds < 0) {
            return Instant.EPOCH;
        }
        return seconds > LATEST ? Instant.ofEpochSecond(LATEST) : Instant.ofEpochSecond(seconds, nanos);
    }
}
