package io.sallyport.gateway.dashboard.view;

import java.time.Duration;
import java.time.Instant;

/** Times in words. */
final class Words {
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    private Words() {}

    /** A length of time: {@code 42 s}, {@code 1:23}, {@code 1:02:03}. */
    static String of(Duration time) {
        long all = Math.max(0, time.toSeconds());
        if (all < MINUTE) {
            return all + " s";
        }
        return all < HOUR
                ? "%d:%02d".formatted(all / MINUTE, all % MINUTE)
                : "%d:%02d:%02d".formatted(all / HOUR, all / MINUTE % MINUTE, all % MINUTE);
    }

    /** How long ago something was: {@code 42 s ago}, {@code 3 min ago}. */
    static String ago(Instant then, Instant now) {
        long all = Math.max(0, Duration.between(then, now).toSeconds());
        if (all < MINUTE) {
            return all + " s ago";
        }
        if (all < HOUR) {
            return all / MINUTE + " min ago";
        }
        return all < DAY ? all / HOUR + " h ago" : all / DAY + " d ago";
    }

    /** {@code 1 job}, {@code 2 jobs}. */
    static String count(int number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
