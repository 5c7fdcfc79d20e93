package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import java.time.Duration;
import java.util.Optional;

/** Reads lengths of time. */
public final class Times {
    private Times() {}

    /** A length of time within bounds, both included. */
    public static Optional<Duration> read(String key, Value value, Duration least, Duration most, Report report) {
        Optional<Duration> time = read(key, value, report);
        if (time.isPresent() && (time.get().compareTo(least) < 0 || time.get().compareTo(most) > 0)) {
            report.error(
                    value.place(),
                    key + ": "
                            + Expected.text(key, value, report).map(Shown::word).orElse("") + " is not between "
                            + TimeText.of(least) + " and " + TimeText.of(most));
            return Optional.empty();
        }
        return time;
    }

    /** A length of time. */
    public static Optional<Duration> read(String key, Value value, Report report) {
        Optional<String> text = Expected.text(key, value, report);
        Optional<Duration> time = text.flatMap(TimeText::parse);
        if (text.isPresent() && time.isEmpty()) {
            report.error(
                    value.place(),
                    key + ": " + Shown.word(text.get()) + " is no length of time such as 90s, 10m or 1h 30m");
        }
        return time;
    }
}
