package io.sallyport.builds.spec.yaml;

import io.sallyport.builds.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Values taken for what they should be; what is something else is an error that names the key and both types. */
public final class Expected {
    private static final Set<String> YES = Set.of("true", "yes", "on", "y");
    private static final Set<String> NO = Set.of("false", "no", "off", "n");
    private static final int MOST_LISTED = 12;

    private Expected() {}

    /** A string, as the author of the key means it: a number or a yes is a mistake here. */
    public static Optional<String> string(String key, Value value, Report report) {
        if (value instanceof Value.Scalar scalar && scalar.kind() == Value.Kind.STRING) {
            return Optional.of(scalar.text());
        }
        return mismatch(key, "a string", value, report);
    }

    /** The text of any single value, as written. */
    public static Optional<String> text(String key, Value value, Report report) {
        if (value instanceof Value.Scalar scalar && scalar.kind() != Value.Kind.NOTHING) {
            return Optional.of(scalar.text());
        }
        return mismatch(key, "a string", value, report);
    }

    /** Yes or no. */
    public static Optional<Boolean> flag(String key, Value value, Report report) {
        if (value instanceof Value.Scalar scalar) {
            String word = scalar.text().toLowerCase(Locale.ROOT);
            if (YES.contains(word)) {
                return Optional.of(true);
            }
            if (NO.contains(word)) {
                return Optional.of(false);
            }
        }
        return mismatch(key, "true or false", value, report);
    }

    /** A whole number within bounds, both included. */
    public static Optional<Integer> number(String key, int least, int most, Value value, Report report) {
        if (value instanceof Value.Scalar scalar && scalar.text().matches("-?[0-9]{1,18}")) {
            long number = Long.parseLong(scalar.text());
            if (number >= least && number <= most) {
                return Optional.of((int) number);
            }
            report.error(value.place(), key + ": " + number + " is not from " + least + " to " + most);
            return Optional.empty();
        }
        return mismatch(key, "a number from " + least + " to " + most, value, report);
    }

    /** A list. */
    public static Optional<List<Value>> items(String key, Value value, Report report) {
        return value instanceof Value.Items list ? Optional.of(list.items()) : mismatch(key, "a list", value, report);
    }

    /** A list, or one that stands for a list of itself. */
    public static List<Value> oneOrMore(Value value) {
        return value instanceof Value.Items list ? list.items() : List.of(value);
    }

    /** A map. */
    public static Optional<Value.Fields> fields(String key, Value value, Report report) {
        return value instanceof Value.Fields map ? Optional.of(map) : mismatch(key, "a map", value, report);
    }

    /** Says that a value is not of the type that it should have. */
    public static <T> Optional<T> mismatch(String key, String expected, Value value, Report report) {
        report.error(value.place(), key + ": expected " + expected + ", found " + value.described());
        return Optional.empty();
    }

    /** Reports the keys that are not known, with the one that was probably meant. */
    public static void onlyKeys(String in, Value.Fields fields, Collection<String> known, Report report) {
        for (Value.Field field : fields.fields()) {
            if (!known.contains(field.name())) {
                report.error(field.place(), () -> unknown(in, field.name(), known));
            }
        }
    }

    /** Says that a key is not known, and which was probably meant. */
    public static String unknown(String in, String name, Collection<String> known) {
        String prefix = in.isEmpty() ? "" : in + ": ";
        return prefix + "unknown key " + Shown.word(name)
                + Nearest.to(name, known)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElseGet(() -> all(known));
    }

    /** Reports a word that is none of those that can stand there. */
    public static void unknownWord(String key, String word, Collection<String> known, Place place, Report report) {
        report.error(
                place,
                key + ": " + Shown.word(word) + " is unknown"
                        + Nearest.to(word, known)
                                .map(near -> ", did you mean '" + near + "'?")
                                .orElseGet(() -> all(known)));
    }

    private static String all(Collection<String> known) {
        return known.size() > MOST_LISTED ? "" : "; known are " + String.join(", ", new TreeSet<>(known));
    }
}
