package io.sallyport.builds.engine;

import java.time.Duration;
import java.util.Locale;

/** Times in words for logs. */
final class Elapsed {
    private static final int MINUTE = 60;

    private Elapsed() {}

    /** Such as {@code 0.4 s} or {@code 3 min 12 s}. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        return seconds < MINUTE
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
                : seconds / MINUTE + " min " + seconds % MINUTE + " s";
    }
}
