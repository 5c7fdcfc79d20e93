package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads variables: a map of names to single values, or to maps with {@code value} and what goes with it. */
public final class VariablesReader {
    /** The longest value, in bytes; Linux takes 128 KiB for a variable together with its name. */
    public static final int LONGEST = 64 * 1024;

    /** The most bytes of all names and values together; Linux takes 2 MiB for environment and arguments. */
    public static final int LARGEST = 512 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String RESERVED = "SALLYPORT_";
    private static final List<String> KEYS = List.of("value", "description", "options", "expand");

    private VariablesReader() {}

    /** The variables in the order written. */
    public static Map<String, Variable> read(String key, Value value, Report report) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        Expected.fields(key, value, report)
                .ifPresent(map -> map.fields()
                        .forEach(field -> one(field, report).ifPresent(read -> variables.put(field.name(), read))));
        int size = variables.entrySet().stream()
                .mapToInt(
                        entry -> bytes(entry.getKey()) + bytes(entry.getValue().value()))
                .sum();
        if (size > LARGEST) {
            report.error(value.place(), key + ": more than " + LARGEST + " bytes all together");
        }
        return Collections.unmodifiableMap(variables);
    }

    private static Optional<Variable> one(Value.Field field, Report report) {
        String name = field.name();
        if (!NAME.matcher(name).matches()) {
            report.error(
                    field.place(),
                    named(name) + ": a name is made of letters, digits and underscores, and begins with no digit");
            return Optional.empty();
        }
        if (name.startsWith(RESERVED)) {
            report.error(field.place(), named(name) + ": names with " + RESERVED + " are reserved");
            return Optional.empty();
        }
        if (field.value().isNothing()) {
            report.error(field.place(), named(name) + ": no value; write '' for an empty one");
            return Optional.empty();
        }
        return field.value() instanceof Value.Fields map
                ? described(name, map, report)
                : text(name, field.value(), report).map(Variable::of);
    }

    private static Optional<Variable> described(String name, Value.Fields map, Report report) {
        Expected.onlyKeys(named(name), map, KEYS, report);
        boolean expand = map.given("expand")
                .flatMap(value -> Expected.flag(named(name) + ": expand", value, report))
                .orElse(true);
        Optional<Value> value = map.given("value");
        if (value.isEmpty()) {
            return Optional.of(new Variable("", expand));
        }
        Optional<String> text = text(name, value.get(), report);
        text.ifPresent(word -> options(name, word, map, report));
        return text.map(word -> new Variable(word, expand));
    }

    private static void options(String name, String word, Value.Fields map, Report report) {
        map.given("options")
                .flatMap(value -> Expected.items(named(name) + ": options", value, report))
                .filter(items -> items.stream()
                        .noneMatch(item -> item instanceof Value.Scalar scalar
                                && scalar.text().equals(word)))
                .ifPresent(items -> report.error(
                        map.place(), named(name) + ": " + Shown.word(word) + " is none of its own options"));
    }

    private static Optional<String> text(String name, Value value, Report report) {
        Optional<String> text = Expected.text(named(name), value, report);
        if (text.isPresent() && bytes(text.get()) > LONGEST) {
            report.error(value.place(), named(name) + ": longer than " + LONGEST + " bytes");
        }
        return text;
    }

    private static String named(String name) {
        return "variable " + Shown.word(name);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
