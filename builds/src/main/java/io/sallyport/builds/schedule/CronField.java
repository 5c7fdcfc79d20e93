package io.sallyport.builds.schedule;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The fields of a cron expression, in their order. */
public enum CronField {
    /** Minutes of an hour. */
    MINUTE(0, 59, 59, 0, List.of()),
    /** Hours of a day. */
    HOUR(0, 23, 23, 0, List.of()),
    /** Days of a month. */
    DAY_OF_MONTH(1, 31, 31, 1, List.of()),
    /** Months, by number or name. */
    MONTH(1, 12, 12, 1, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    /** Days of a week, by number or name; Sunday is 0 and 7. */
    DAY_OF_WEEK(0, 6, 7, 0, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    private final int least;
    private final int most;
    private final int mostWritten;
    private final int firstName;
    private final List<String> names;

    CronField(int least, int most, int mostWritten, int firstName, List<String> names) {
        this.least = least;
        this.most = most;
        this.mostWritten = mostWritten;
        this.firstName = firstName;
        this.names = names;
    }

    /** The name in words. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The smallest value. */
    int least() {
        return least;
    }

    /** The largest value that is not another one of its names. */
    int most() {
        return most;
    }

    /** The largest value that may be written. */
    int mostWritten() {
        return mostWritten;
    }

    /** The names of values, in their order; none for most fields. */
    List<String> names() {
        return names;
    }

    /** The value of a name. */
    OptionalInt named(String word) {
        int place = names.indexOf(word);
        return place < 0 ? OptionalInt.empty() : OptionalInt.of(firstName + place);
    }

    /** What its values look like. */
    String form() {
        return least + " to " + mostWritten
                + (names.isEmpty() ? "" : ", " + names.getFirst() + " to " + names.getLast());
    }
}
