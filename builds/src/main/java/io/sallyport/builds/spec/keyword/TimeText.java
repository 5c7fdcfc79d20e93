package io.sallyport.builds.spec.keyword;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time in words, as GitLab takes them: {@code 90s}, {@code 10m}, {@code 1h 30m}, {@code 2 hours 5 minutes},
 * {@code 1 day and 6 hours}; a number alone is seconds. A month has 30 days and a year 365.
 */
public final class TimeText {
    private static final int LONGEST = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern PART = Pattern.compile("([0-9]{1,9}) *([a-z]+)(?: *,? *(?:and +)?)");

    private TimeText() {}

    /** The length of time; empty when the text is none. */
    public static Optional<Duration> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (NUMBER.matcher(words).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(words)));
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(words);
        int end = 0;
        while (end < words.length() && part.region(end, words.length()).lookingAt()) {
            Optional<Duration> unit = unit(part.group(2));
            if (unit.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(unit.get().multipliedBy(Long.parseLong(part.group(1))));
            end = part.end();
        }
        return end == words.length() && end > 0 ? Optional.of(sum) : Optional.empty();
    }

    private static Optional<Duration> unit(String word) {
        return switch (word) {
            case "s", "sec", "secs", "second", "seconds" -> Optional.of(Duration.ofSeconds(1));
            case "m", "min", "mins", "minute", "minutes" -> Optional.of(Duration.ofMinutes(1));
            case "h", "hr", "hrs", "hour", "hours" -> Optional.of(Duration.ofHours(1));
            case "d", "day", "days" -> Optional.of(Duration.ofDays(1));
            case "w", "week", "weeks" -> Optional.of(Duration.ofDays(7));
            case "mo", "mon", "mos", "month", "months" -> Optional.of(Duration.ofDays(30));
            case "y", "yr", "yrs", "year", "years" -> Optional.of(Duration.ofDays(365));
            default -> Optional.empty();
        };
    }

    /** The length of time in words that {@link #parse} reads. */
    public static String of(Duration time) {
        StringBuilder words = new StringBuilder();
        append(words, time.toDays(), "d");
        append(words, time.toHoursPart(), "h");
        append(words, time.toMinutesPart(), "m");
        append(words, time.toSecondsPart(), "s");
        return words.isEmpty() ? "0s" : words.toString();
    }

    private static void append(StringBuilder words, long amount, String unit) {
        if (amount > 0) {
            words.append(words.isEmpty() ? "" : " ").append(amount).append(unit);
        }
    }
}
