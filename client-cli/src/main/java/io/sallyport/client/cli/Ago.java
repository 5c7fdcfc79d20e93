package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Times for people. What is no time gives an empty text. */
final class Ago {
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;
    private static final double MILLIS = 1000;

    private final Instant now;

    Ago(Instant now) {
        this.now = now;
    }

    /** How long ago, such as {@code 3 min ago}. */
    String of(JsonNode time) {
        try {
            long seconds = Duration.between(Instant.parse(time.asText()), now).toSeconds();
            return seconds < 1 ? "now" : length(seconds) + " ago";
        } catch (DateTimeException e) {
            return "";
        }
    }

    /** The time and how long ago it was. */
    String both(JsonNode time) {
        String ago = of(time);
        return ago.isEmpty() ? "" : time.asText() + " (" + ago + ")";
    }

    /** How long something took, or takes so far. */
    String took(JsonNode started, JsonNode finished) {
        try {
            Instant end = finished.isTextual() ? Instant.parse(finished.asText()) : now;
            Duration length = Duration.between(Instant.parse(started.asText()), end);
            return length.toSeconds() < MINUTE
                    ? String.format(Locale.ROOT, "%.1f s", Math.max(0, length.toMillis()) / MILLIS)
                    : length(length.toSeconds());
        } catch (DateTimeException e) {
            return "";
        }
    }

    private static String length(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min";
        }
        return seconds < 2 * DAY ? seconds / HOUR + " h" : seconds / DAY + " days";
    }
}
