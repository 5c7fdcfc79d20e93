package io.sallyport.builds.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which build of its ref a schedule takes the source of. */
public enum SourceOf {
    /** The latest that somebody has submitted, however it ended. */
    LATEST,
    /** The latest that has succeeded. */
    LATEST_SUCCESS;

    /** The name in bodies and answers: lower case, words parted by dashes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All labels. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(SourceOf::label).toList();
    }

    /** The one of that label; empty when there is none. */
    public static Optional<SourceOf> parse(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst();
    }
}
