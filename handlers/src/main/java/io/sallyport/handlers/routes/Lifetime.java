package io.sallyport.handlers.routes;

import io.sallyport.handlers.Param;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something is to hold: a time from now on, or the moment of its end. */
final class Lifetime {
    private static final Pattern TIME = Pattern.compile("(\\d{1,7})(s|m|h|d)");

    private Lifetime() {}

    /**
     * The moment at which it ends, whether that lies ahead or not.
     *
     * @param name of the parameter
     * @param text {@code 90d}, {@code 12h}, {@code 30m}, {@code 20s}, or a time in RFC 3339
     * @throws Param.Malformed when the text is neither
     */
    static Instant end(String name, String text, Instant now) throws Param.Malformed {
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            long number = Long.parseLong(time.group(1));
            return now.plus(
                    switch (time.group(2)) {
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Param.Malformed(
                    name,
                    name + " is a time such as 90d or 12h, or a moment such as 2027-01-31T12:00:00Z, not '" + text
                            + "'");
        }
    }
}
