package io.sallyport.builds.spec.merge;

import io.sallyport.builds.Nearest;
import io.sallyport.builds.spec.yaml.Place;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import io.sallyport.builds.variable.Expansion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts inputs where {@code $[[ inputs.NAME ]]} stands, in values and in keys. A value that is nothing else keeps its type. */
final class Interpolation {
    private static final Pattern BLOCK = Pattern.compile("\\$\\[\\[([^\\[\\]]{0,1000})]]");
    private static final Pattern NAME = Pattern.compile("inputs\\.([A-Za-z0-9_-]{1,200})");
    private static final Pattern TRUNCATE = Pattern.compile("truncate\\( *([0-9]{1,6}) *, *([0-9]{1,6}) *\\)");

    private final Map<String, Value> inputs;
    private final Expansion variables;
    private final Growth growth;
    private final Report report;

    Interpolation(Map<String, Value> inputs, Expansion variables, Growth growth, Report report) {
        this.inputs = inputs;
        this.variables = variables;
        this.growth = growth;
        this.report = report;
    }

    Value of(Value value) {
        growth.add(value.place(), 1);
        return switch (value) {
            case Value.Scalar scalar -> scalar(scalar);
            case Value.Reference reference -> reference;
            case Value.Items items ->
                new Value.Items(
                        items.place(), items.items().stream().map(this::of).toList());
            case Value.Fields fields ->
                Value.Fields.of(
                        fields.place(),
                        fields.fields().stream()
                                .map(field -> new Value.Field(
                                        field.place(), text(field.name(), field.place()), of(field.value())))
                                .toList());
        };
    }

    private Value scalar(Value.Scalar scalar) {
        if (!scalar.text().contains("$[[")) {
            return scalar;
        }
        Matcher whole = BLOCK.matcher(scalar.text());
        if (whole.matches() && whole.group(1).indexOf('|') < 0) {
            return value(whole.group(1), scalar.place())
                    .map(found -> found.at(scalar.place()))
                    .orElse(scalar);
        }
        return scalar.saying(Value.Kind.STRING, text(scalar.text(), scalar.place()));
    }

    private String text(String text, Place place) {
        Matcher block = BLOCK.matcher(text);
        StringBuilder out = new StringBuilder();
        int done = 0;
        while (block.find()) {
            out.append(text, done, block.start()).append(piece(block.group(1), place));
            done = block.end();
            growth.add(place, 1 + out.length() / 1000);
        }
        return out.append(text.substring(done)).toString();
    }

    private String piece(String block, Place place) {
        List<String> parts = new ArrayList<>(List.of(block.split("\\|")));
        Optional<Value> value = value(parts.removeFirst(), place);
        if (value.isEmpty()) {
            return "";
        }
        if (!(value.get() instanceof Value.Scalar scalar)) {
            report.error(place, "$[[" + Shown.sentence(block) + "]]: a list cannot stand within a text");
            return "";
        }
        String text = scalar.text();
        for (String function : parts) {
            text = applied(function.strip(), text, place);
        }
        return text;
    }

    private Optional<Value> value(String words, Place place) {
        Matcher name = NAME.matcher(words.strip());
        if (!name.matches()) {
            report.error(place, "$[[" + Shown.sentence(words) + "]]: inputs.NAME is expected");
            return Optional.empty();
        }
        Value value = inputs.get(name.group(1));
        if (value == null) {
            report.error(
                    place,
                    "$[[ inputs." + name.group(1) + " ]]: the file declares no such input"
                            + Nearest.to(name.group(1), inputs.keySet())
                                    .map(near -> ", did you mean '" + near + "'?")
                                    .orElse(""));
        }
        return Optional.ofNullable(value);
    }

    private String applied(String function, String text, Place place) {
        if (function.equals("expand_vars")) {
            return variables.expand(text);
        }
        if (function.equals("posix_escape")) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
        Matcher cut = TRUNCATE.matcher(function);
        if (cut.matches()) {
            int start = Math.min(Integer.parseInt(cut.group(1)), text.length());
            return text.substring(start, Math.min(text.length(), start + Integer.parseInt(cut.group(2))));
        }
        report.error(
                place,
                Shown.word(function)
                        + " is no function of inputs; known are expand_vars, posix_escape, truncate(from,length)");
        return text;
    }
}
