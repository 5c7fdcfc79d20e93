package io.sallyport.builds.spec.yaml;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A map while it is read. Merge keys are taken as GitLab takes them: what stands later counts, be it a key or a merge;
 * of a list of maps that are merged, the first counts.
 */
final class MapBuilder {
    private static final String MERGE = "<<";

    private final Repeated repeated;
    private final Report report;
    private final SequencedMap<String, Value.Field> fields = new LinkedHashMap<>();
    private final Map<String, Place> written = new HashMap<>();

    MapBuilder(Repeated repeated, Report report) {
        this.repeated = repeated;
        this.report = report;
    }

    void add(Value key, Value value) {
        if (!(key instanceof Value.Scalar name)) {
            report.error(key.place(), "a key must be a word, found " + key.described());
        } else if (name.text().equals(MERGE)) {
            merge(name.place(), value);
        } else {
            write(new Value.Field(name.place(), name.text(), value));
        }
    }

    Value.Fields build(Place place) {
        return new Value.Fields(place, fields);
    }

    private void write(Value.Field field) {
        Place first = written.putIfAbsent(field.name(), field.place());
        if (first != null) {
            String twice = "key " + Shown.word(field.name()) + " is given twice, first in line " + first.line();
            switch (repeated) {
                case ERROR -> report.error(field.place(), twice);
                case LAST -> report.notice(field.place(), twice + "; the last counts");
            }
        }
        if (first == null || repeated == Repeated.LAST) {
            fields.put(field.name(), field);
        }
    }

    private void merge(Place place, Value value) {
        switch (value) {
            case Value.Fields map -> map.fields().forEach(field -> take(place, field));
            case Value.Items list -> list(place, list.items());
            case Value.Scalar scalar when scalar.isNothing() -> {
                // Merges nothing.
            }
            case Value.Scalar scalar -> Expected.mismatch(MERGE, "a map", scalar, report);
            case Value.Reference reference -> Expected.mismatch(MERGE, "a map", reference, report);
        }
    }

    private void list(Place place, List<Value> maps) {
        SequencedMap<String, Value.Field> all = new LinkedHashMap<>();
        for (Value item : maps) {
            Expected.fields(MERGE, item, report).ifPresent(map -> map.byName().forEach(all::putIfAbsent));
        }
        all.values().forEach(field -> take(place, field));
    }

    private void take(Place merge, Value.Field field) {
        Place before = written.get(field.name());
        Value.Field old = fields.get(field.name());
        if (before != null && old != null && !old.value().equals(field.value())) {
            report.notice(
                    before,
                    "key " + Shown.word(field.name()) + " is replaced by the '<<' in line " + merge.line()
                            + ", which stands after it");
        }
        fields.put(field.name(), field);
    }
}
