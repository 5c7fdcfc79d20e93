package io.sallyport.builds.spec;

import io.sallyport.builds.plan.Work;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads variables: a map of names to single values. */
final class VariablesReader {
    /** The longest value, in bytes; Linux takes 128 KiB for a variable together with its name. */
    static final int LONGEST = 64 * 1024;

    /** The most bytes of all names and values together; Linux takes 2 MiB for environment and arguments. */
    static final int LARGEST = 512 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String RESERVED = "SALLYPORT_";

    private VariablesReader() {}

    /** The variables in the order written. */
    static Map<String, Work.Variable> read(String key, Value value, Errors errors) {
        Map<String, Work.Variable> variables = new LinkedHashMap<>();
        Expected.fields(key, value, errors)
                .ifPresent(map -> map.fields()
                        .forEach(field -> one(field, errors)
                                .ifPresent(text -> variables.put(field.name(), new Work.Variable(text, false)))));
        int size = variables.entrySet().stream()
                .mapToInt(
                        entry -> bytes(entry.getKey()) + bytes(entry.getValue().value()))
                .sum();
        if (size > LARGEST) {
            errors.add(value.place(), key + ": more than " + LARGEST + " bytes all together");
        }
        return Collections.unmodifiableMap(variables);
    }

    private static Optional<String> one(Value.Field field, Errors errors) {
        String name = field.name();
        if (!NAME.matcher(name).matches()) {
            errors.add(
                    field.place(),
                    "variable " + Errors.quote(name)
                            + ": a name is made of letters, digits and underscores, and begins with no digit");
            return Optional.empty();
        }
        if (name.startsWith(RESERVED)) {
            errors.add(field.place(), "variable " + Errors.quote(name) + ": names with " + RESERVED + " are reserved");
            return Optional.empty();
        }
        if (field.value() instanceof Value.Scalar scalar && scalar.kind() == Value.Kind.NOTHING) {
            errors.add(field.place(), "variable " + Errors.quote(name) + ": no value; write '' for an empty one");
            return Optional.empty();
        }
        Optional<String> text = Expected.text("variable " + Errors.quote(name), field.value(), errors);
        if (text.isPresent() && bytes(text.get()) > LONGEST) {
            errors.add(field.value().place(), "variable " + Errors.quote(name) + ": longer than " + LONGEST + " bytes");
        }
        return text;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
