package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import io.sallyport.builds.variable.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads patterns of paths that stay inside the workspace. A path with variables in it is taken as it is: what it
 * becomes is known when the job starts.
 */
public final class Paths {
    private static final int MOST = 200;

    private Paths() {}

    /** A list of paths. */
    public static List<String> read(String key, Value value, Report report) {
        return read(key, Expected.items(key, value, report).orElse(List.of()), report);
    }

    /** A list of paths, or one. */
    public static List<String> oneOrMore(String key, Value value, Report report) {
        return read(key, Expected.oneOrMore(value), report);
    }

    private static List<String> read(String key, List<Value> items, Report report) {
        if (items.size() > MOST) {
            report.error(items.get(MOST).place(), key + ": more than " + MOST + " paths");
            return List.of();
        }
        List<String> paths = new ArrayList<>();
        items.forEach(item -> one(key, item, report).ifPresent(paths::add));
        return paths;
    }

    private static Optional<String> one(String key, Value item, Report report) {
        Optional<String> text = Expected.text(key, item, report).map(WorkspacePath::relative);
        Optional<String> fault = text.flatMap(WorkspacePath::fault);
        fault.ifPresent(reason -> report.error(item.place(), key + ": " + Shown.word(text.get()) + " " + reason));
        return fault.isPresent() ? Optional.empty() : text.map(WorkspacePath::normal);
    }
}
