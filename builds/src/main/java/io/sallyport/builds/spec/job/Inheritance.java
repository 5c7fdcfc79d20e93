package io.sallyport.builds.spec.job;

import io.sallyport.builds.plan.Work.Variable;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** What a job takes of what is said for all jobs, see {@code inherit}. */
final class Inheritance {
    private static final String KEY = "inherit";

    private final Globals globals;
    private final Report report;

    Inheritance(Globals globals, Report report) {
        this.globals = globals;
        this.report = report;
    }

    /** The job with the defaults that it has none of its own for. */
    Value.Fields withDefaults(Value.Fields job) {
        SequencedMap<String, Value.Field> all = new LinkedHashMap<>(job.byName());
        for (Value.Field field : globals.defaults().fields()) {
            boolean own = job.given(field.name()).isPresent();
            if (!own && allows(job, "default", field.name())) {
                all.put(field.name(), field);
            }
        }
        return new Value.Fields(job.place(), all);
    }

    /** The variables that it takes. */
    Map<String, Variable> variables(Value.Fields job) {
        if (part(job, "variables").isEmpty()) {
            return globals.variables();
        }
        Map<String, Variable> all = new LinkedHashMap<>();
        globals.variables().forEach((name, variable) -> {
            if (allows(job, "variables", name)) {
                all.put(name, variable);
            }
        });
        return all;
    }

    /** Reports what is wrong with it. */
    void check(Value.Fields job) {
        job.given(KEY).flatMap(value -> Expected.fields(KEY, value, report)).ifPresent(map -> {
            Expected.onlyKeys(KEY, map, List.of("default", "variables"), report);
            map.fields().forEach(field -> names(field.value()).ifPresentOrElse(names -> {}, () -> flag(field)));
        });
    }

    private void flag(Value.Field field) {
        Expected.flag(KEY + "." + field.name(), field.value(), report);
    }

    private static boolean allows(Value.Fields job, String part, String name) {
        Optional<Value> value = part(job, part);
        if (value.isEmpty()) {
            return true;
        }
        return names(value.get())
                .map(names -> names.contains(name))
                .orElseGet(() -> Expected.flag(KEY, value.get(), new Report()).orElse(true));
    }

    private static Optional<Value> part(Value.Fields job, String part) {
        return job.given(KEY).orElse(null) instanceof Value.Fields map ? map.given(part) : Optional.empty();
    }

    private static Optional<Set<String>> names(Value value) {
        if (!(value instanceof Value.Items list)) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        list.items().forEach(item -> Expected.text(KEY, item, new Report()).ifPresent(names::add));
        return Optional.of(names);
    }
}
