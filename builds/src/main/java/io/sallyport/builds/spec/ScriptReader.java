package io.sallyport.builds.spec;

import java.util.ArrayList;
import java.util.List;

/** Reads commands: one string, or a list of strings in which lists may stand for their commands. */
final class ScriptReader {
    private static final int DEEPEST = 10;

    private final String key;
    private final Errors errors;
    private final List<String> commands = new ArrayList<>();

    private ScriptReader(String key, Errors errors) {
        this.key = key;
        this.errors = errors;
    }

    static List<String> read(String key, Value value, Errors errors) {
        ScriptReader reader = new ScriptReader(key, errors);
        reader.flatten(value, 0);
        if (reader.commands.isEmpty()
                && value instanceof Value.Items list
                && list.items().isEmpty()) {
            errors.add(value.place(), key + ": at least one command is needed");
        }
        return List.copyOf(reader.commands);
    }

    private void flatten(Value value, int depth) {
        switch (value) {
            // A command such as `true` is no string in YAML, yet nobody means anything else by it.
            case Value.Scalar command -> Expected.text(key, command, errors).ifPresent(commands::add);
            case Value.Items list
            when depth >= DEEPEST ->
                errors.add(list.place(), key + ": lists are nested more than " + DEEPEST + " deep");
            case Value.Items list -> list.items().forEach(item -> flatten(item, depth + 1));
            case Value.Fields map ->
                errors.add(
                        map.place(),
                        key + ": expected a command, found a map; put quotes around a command that has ': ' in it");
        }
    }
}
