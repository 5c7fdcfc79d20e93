package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.regex.Regex;
import io.sallyport.builds.spec.expression.Delimited;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.Optional;

/** Reads the pattern that finds the test coverage in a log. */
public final class CoverageReader {
    private CoverageReader() {}

    /** The pattern without the slashes; flags stand at its beginning. */
    public static Optional<String> read(String key, Value value, Report report) {
        Optional<String> text = Expected.text(key, value, report);
        Optional<Delimited> pattern = text.flatMap(Delimited::of);
        if (text.isPresent() && pattern.isEmpty()) {
            report.error(value.place(), key + ": a pattern between slashes is expected, such as /total: (\\d+)%/");
        }
        return pattern.filter(delimited -> isValid(key, delimited, value, report))
                .map(delimited -> delimited.flags().isEmpty()
                        ? delimited.pattern()
                        : "(?" + delimited.flags() + ")" + delimited.pattern());
    }

    private static boolean isValid(String key, Delimited delimited, Value value, Report report) {
        return switch (delimited.read()) {
            case Regex.Reading.Valid valid -> true;
            case Regex.Reading.Invalid invalid -> {
                report.error(
                        value.place(),
                        key + ": in the pattern, character " + (invalid.offset() + 1) + ": " + invalid.reason());
                yield false;
            }
        };
    }
}
