package io.sallyport.builds.spec.merge;

import io.sallyport.builds.spec.merge.IncludeEntry.Kind;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which files are included: a path or address, a map, or a list of such. */
final class IncludeReader {
    private static final String KEY = "include";
    private static final List<String> KEYS = List.of(
            "local",
            "remote",
            "project",
            "template",
            "component",
            "artifact",
            "file",
            "ref",
            "job",
            "rules",
            "inputs",
            "integrity",
            "cache");

    private final Report report;

    IncludeReader(Report report) {
        this.report = report;
    }

    List<IncludeEntry> read(Value value) {
        List<IncludeEntry> entries = new ArrayList<>();
        for (Value item : Expected.oneOrMore(value)) {
            entry(item).ifPresent(entries::add);
        }
        return entries;
    }

    private Optional<IncludeEntry> entry(Value item) {
        if (!(item instanceof Value.Fields map)) {
            return Expected.text(KEY, item, report)
                    .map(target ->
                            new IncludeEntry(item.place(), kind(target), target, Optional.empty(), Optional.empty()));
        }
        Expected.onlyKeys(KEY, map, KEYS, report);
        Optional<Value.Fields> inputs =
                map.given("inputs").flatMap(value -> Expected.fields(KEY + ": inputs", value, report));
        for (Kind kind : Kind.values()) {
            Optional<Value> target = map.given(kind.word());
            if (target.isPresent()) {
                return Expected.text(KEY + ": " + kind.word(), target.get(), report)
                        .map(text -> new IncludeEntry(target.get().place(), kind, text, map.given("rules"), inputs));
            }
        }
        report.error(map.place(), KEY + ": one of local, remote, project, template or component is needed");
        return Optional.empty();
    }

    private static Kind kind(String target) {
        return target.startsWith("https://") || target.startsWith("http://") ? Kind.REMOTE : Kind.LOCAL;
    }
}
