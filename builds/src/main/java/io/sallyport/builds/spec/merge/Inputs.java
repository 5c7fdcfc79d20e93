package io.sallyport.builds.spec.merge;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.regex.Regex;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a file is given for the inputs that its header declares. */
final class Inputs {
    private static final List<String> KEYS = List.of("default", "description", "options", "regex", "type");
    private static final List<String> TYPES = List.of("string", "number", "boolean", "array");

    private final Effort patterns;
    private final Report report;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private Inputs(Effort patterns, Report report) {
        this.patterns = patterns;
        this.report = report;
    }

    /**
     * The values for a file.
     *
     * @param header of the file; empty when it takes no inputs
     * @param given by the one that includes it
     * @param place where it is included
     * @param patterns what all searches for patterns may take
     */
    static Map<String, Value> of(
            Optional<Value.Fields> header, Optional<Value.Fields> given, Place place, Effort patterns, Report report) {
        Inputs inputs = new Inputs(patterns, report);
        Optional<Value.Fields> declared = header.flatMap(map -> map.given("spec"))
                .flatMap(value -> Expected.fields("spec", value, report))
                .flatMap(map -> {
                    Expected.onlyKeys("spec", map, List.of("inputs", "component", "include"), report);
                    return map.given("inputs");
                })
                .flatMap(value -> Expected.fields("spec: inputs", value, report));
        declared.ifPresent(map -> map.fields().forEach(field -> inputs.read(field, given, place)));
        given.ifPresent(map -> map.fields().forEach(field -> inputs.check(field, declared)));
        return inputs.values;
    }

    private void check(Value.Field field, Optional<Value.Fields> declared) {
        if (declared.isEmpty() || declared.get().get(field.name()).isEmpty()) {
            List<String> known =
                    declared.map(map -> List.copyOf(map.byName().keySet())).orElse(List.of());
            report.error(
                    field.place(),
                    "include: inputs: the file takes no " + Shown.word(field.name())
                            + Nearest.to(field.name(), known)
                                    .map(near -> ", did you mean '" + near + "'?")
                                    .orElse(""));
        }
    }

    private void read(Value.Field field, Optional<Value.Fields> given, Place place) {
        String name = "spec: inputs: " + field.name();
        Value.Fields declared =
                field.value() instanceof Value.Fields map ? map : Value.Fields.of(field.place(), List.of());
        if (!field.value().isNothing()) {
            Expected.fields(name, field.value(), report);
        }
        Expected.onlyKeys(name, declared, KEYS, report);
        Optional<Value> value = given.flatMap(map -> map.get(field.name())).or(() -> declared.get("default"));
        if (value.isEmpty()) {
            report.error(place, "include: the input " + Shown.word(field.name()) + " is needed");
            return;
        }
        values.put(field.name(), value.get());
        type(field.name(), declared, value.get());
        options(field.name(), declared, value.get());
        pattern(field.name(), declared, value.get());
    }

    private void type(String name, Value.Fields declared, Value value) {
        String type = declared.given("type")
                .flatMap(word -> Expected.text("spec: inputs: " + name + ": type", word, report))
                .orElse("string");
        boolean fits = switch (type) {
            case "string" -> value instanceof Value.Scalar;
            case "number" -> value instanceof Value.Scalar scalar && scalar.kind() == Value.Kind.NUMBER;
            case "boolean" -> value instanceof Value.Scalar scalar && scalar.kind() == Value.Kind.BOOLEAN;
            case "array" -> value instanceof Value.Items;
            default -> {
                Expected.unknownWord("spec: inputs: " + name + ": type", type, TYPES, declared.place(), report);
                yield true;
            }
        };
        if (!fits) {
            report.error(
                    value.place(),
                    "input " + Shown.word(name) + ": expected a " + type + ", found " + value.described());
        }
    }

    private void options(String name, Value.Fields declared, Value value) {
        Optional<Value> options = declared.given("options");
        if (options.isPresent() && value instanceof Value.Scalar scalar) {
            List<String> known = Expected.oneOrMore(options.get()).stream()
                    .map(option -> Expected.text("options", option, report))
                    .flatMap(Optional::stream)
                    .toList();
            if (!known.contains(scalar.text())) {
                Expected.unknownWord("input " + Shown.word(name), scalar.text(), known, scalar.place(), report);
            }
        }
    }

    private void pattern(String name, Value.Fields declared, Value value) {
        Optional<String> pattern = declared.given("regex")
                .flatMap(text -> Expected.text("spec: inputs: " + name + ": regex", text, report));
        if (pattern.isEmpty() || !(value instanceof Value.Scalar scalar)) {
            return;
        }
        switch (Regex.read(pattern.get(), "")) {
            case Regex.Reading.Invalid invalid ->
                report.error(declared.place(), "spec: inputs: " + name + ": regex: " + invalid.reason());
            case Regex.Reading.Valid valid -> {
                Regex.Search search = valid.regex().search(scalar.text(), patterns);
                Halt.ifSpent(patterns, scalar.place());
                if (!(search instanceof Regex.Search.Found)) {
                    report.error(
                            scalar.place(),
                            "input " + Shown.word(name) + ": " + Shown.word(scalar.text()) + " does not match "
                                    + Shown.sentence(pattern.get()));
                }
            }
        }
    }
}
