package io.sallyport.builds.engine;

import java.time.Duration;
import java.util.Locale;

/** Times in words for logs. */
final class Elapsed {
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    private Elapsed() {}

    /** Such as {@code 0.4 s}, {@code 3 min 12 s}, {@code 5 h} or {@code 7 d 3 h}. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (seconds < HOUR) {
            return words(seconds / MINUTE, " min", seconds % MINUTE, " s");
        }
        return seconds < DAY
                ? words(seconds / HOUR, " h", seconds % HOUR / MINUTE, " min")
                : words(seconds / DAY, " d", seconds % DAY / HOUR, " h");
    }

    private static String words(long large, String unit, long small, String smallUnit) {
        return large + unit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
