package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how many jobs one is: a number, or a matrix of variables. */
public final class ParallelReader {
    private ParallelReader() {}

    /** What {@code parallel} says; at most so many jobs. */
    public static Parallel read(String key, Value value, int most, Report report) {
        if (!(value instanceof Value.Fields map)) {
            return new Parallel(Expected.number(key, 1, most, value, report).orElse(0), List.of());
        }
        Expected.onlyKeys(key, map, List.of("matrix"), report);
        Optional<Value> matrix = map.given("matrix");
        if (matrix.isEmpty()) {
            report.error(map.place(), key + ": 'matrix' is missing");
            return Parallel.SINGLE;
        }
        List<Map<String, String>> all = new ArrayList<>();
        for (Value item : Expected.items(key + ".matrix", matrix.get(), report).orElse(List.of())) {
            Optional<Value.Fields> entry = Expected.fields(key + ".matrix", item, report);
            if (entry.isPresent() && all.size() <= most) {
                all.addAll(products(key + ".matrix", entry.get(), most - all.size(), report));
            }
        }
        if (all.size() > most) {
            report.error(matrix.get().place(), key + ".matrix: it makes more than " + most + " jobs");
            return Parallel.SINGLE;
        }
        return new Parallel(0, all);
    }

    /** Every value with every other, the last variable changing fastest; one more than {@code room} when there are more. */
    private static List<Map<String, String>> products(String key, Value.Fields entry, int room, Report report) {
        List<Map<String, String>> all = List.of(Map.of());
        for (Value.Field field : entry.fields()) {
            List<String> values = new ArrayList<>();
            Expected.oneOrMore(field.value())
                    .forEach(value -> Expected.text(key + "." + field.name(), value, report)
                            .ifPresent(values::add));
            List<Map<String, String>> next = new ArrayList<>();
            for (Map<String, String> some : all) {
                for (String value : values) {
                    if (next.size() <= room) {
                        Map<String, String> more = new LinkedHashMap<>(some);
                        more.put(field.name(), value);
                        next.add(more);
                    }
                }
            }
            all = next;
        }
        return all;
    }
}
