package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.List;

/** Reads commands: one string, or a list of strings in which lists may stand for their commands. */
public final class ScriptReader {
    private static final int DEEPEST = 10;

    private final String key;
    private final Report report;
    private final List<String> commands = new ArrayList<>();

    private ScriptReader(String key, Report report) {
        this.key = key;
        this.report = report;
    }

    /** The commands, of which there must be one; of no use when errors were added. */
    public static List<String> read(String key, Value value, Report report) {
        if (value instanceof Value.Items list && list.items().isEmpty()) {
            report.error(value.place(), key + ": at least one command is needed");
        }
        return lines(key, value, report);
    }

    /** The commands, of which there may be none; of no use when errors were added. */
    public static List<String> lines(String key, Value value, Report report) {
        ScriptReader reader = new ScriptReader(key, report);
        reader.flatten(value, 0);
        return List.copyOf(reader.commands);
    }

    private void flatten(Value value, int depth) {
        switch (value) {
            // A command such as `true` is no string in YAML, yet nobody means anything else by it.
            case Value.Scalar command -> Expected.text(key, command, report).ifPresent(commands::add);
            case Value.Items list
            when depth >= DEEPEST ->
                report.error(list.place(), key + ": lists are nested more than " + DEEPEST + " deep");
            case Value.Items list -> list.items().forEach(item -> flatten(item, depth + 1));
            case Value.Reference reference -> Expected.mismatch(key, "a command", reference, report);
            case Value.Fields map ->
                report.error(
                        map.place(),
                        key + ": expected a command, found a map; put quotes around a command that has ': ' in it");
        }
    }
}
