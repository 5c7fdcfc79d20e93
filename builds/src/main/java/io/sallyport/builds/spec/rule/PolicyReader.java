package io.sallyport.builds.spec.rule;

import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code only} and {@code except}: refs, or a map with refs, variables and changes. */
public final class PolicyReader {
    private static final List<String> KEYS = List.of("refs", "variables", "changes", "kubernetes");

    private PolicyReader() {}

    /** What one of them says. */
    public static Policy read(String key, Value value, Report report) {
        if (!(value instanceof Value.Fields map)) {
            return new Policy(Optional.of(refs(key, value, report)), Optional.empty(), false, false);
        }
        Expected.onlyKeys(key, map, KEYS, report);
        map.field("changes")
                .ifPresent(field -> report.notice(
                        field.place(),
                        key + ": changes: which files have changed is not known here, so this leaves no job out"));
        map.field("kubernetes")
                .ifPresent(field -> report.notice(field.place(), key + ": kubernetes: there is no cluster here"));
        return new Policy(
                map.given("refs").map(refs -> refs(key + ".refs", refs, report)),
                map.given("variables").map(list -> conditions(key + ".variables", list, report)),
                map.given("changes").isPresent(),
                map.given("kubernetes").isPresent());
    }

    private static List<RefFilter> refs(String key, Value value, Report report) {
        List<RefFilter> refs = new ArrayList<>();
        for (Value item : Expected.oneOrMore(value)) {
            Expected.text(key, item, report)
                    .flatMap(text -> RefFilter.read(key, text, item.place(), report))
                    .ifPresent(refs::add);
        }
        return refs;
    }

    private static List<Condition> conditions(String key, Value value, Report report) {
        List<Condition> conditions = new ArrayList<>();
        for (Value item : Expected.oneOrMore(value)) {
            Condition.read(key, item, report).ifPresent(conditions::add);
        }
        return conditions;
    }
}
