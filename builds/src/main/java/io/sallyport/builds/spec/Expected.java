package io.sallyport.builds.spec;

import io.sallyport.builds.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Values taken for what they should be; what is something else is an error that names the key and both types. */
final class Expected {
    private Expected() {}

    /** A string, as the author of the key means it: a number or a yes is a mistake here. */
    static Optional<String> string(String key, Value value, Errors errors) {
        if (value instanceof Value.Scalar scalar && scalar.kind() == Value.Kind.STRING) {
            return Optional.of(scalar.text());
        }
        return mismatch(key, "a string", value, errors);
    }

    /** The text of any single value, as written. */
    static Optional<String> text(String key, Value value, Errors errors) {
        if (value instanceof Value.Scalar scalar && scalar.kind() != Value.Kind.NOTHING) {
            return Optional.of(scalar.text());
        }
        return mismatch(key, "a string", value, errors);
    }

    static Optional<List<Value>> items(String key, Value value, Errors errors) {
        return value instanceof Value.Items list ? Optional.of(list.items()) : mismatch(key, "a list", value, errors);
    }

    static Optional<Value.Fields> fields(String key, Value value, Errors errors) {
        return value instanceof Value.Fields map ? Optional.of(map) : mismatch(key, "a map", value, errors);
    }

    static <T> Optional<T> mismatch(String key, String expected, Value value, Errors errors) {
        errors.add(value.place(), key + ": expected " + expected + ", found " + value.described());
        return Optional.empty();
    }

    /** Reports the keys that are not known, with the one that was probably meant. */
    static void onlyKeys(Value.Fields fields, List<String> known, Errors errors) {
        for (Value.Field field : fields.fields()) {
            if (!known.contains(field.name())) {
                errors.add(field.place(), () -> complaint(field, known));
            }
        }
    }

    private static String complaint(Value.Field field, List<String> known) {
        String name = Errors.quote(field.name());
        if (LaterKeys.has(field.name())) {
            return name + " is not supported yet" + all(known);
        }
        if (field.value() instanceof Value.Fields job && job.get("script").isPresent()) {
            return "unknown key " + name + ": a spec has no job level yet; the keys of its one job stand at its top";
        }
        return "unknown key " + name + instead(field, known);
    }

    private static String instead(Value.Field field, List<String> known) {
        return Nearest.to(field.name(), known)
                .map(near -> ", did you mean '" + near + "'?")
                .orElseGet(() -> all(known));
    }

    private static String all(List<String> known) {
        return "; known are " + String.join(", ", new TreeSet<>(known));
    }
}
