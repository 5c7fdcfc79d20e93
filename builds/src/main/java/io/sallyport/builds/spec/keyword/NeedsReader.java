package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which jobs a job waits for: {@code needs} and {@code dependencies}. */
public final class NeedsReader {
    private static final int MOST_OF_MATRIX = 1000;
    private static final List<String> KEYS = List.of("job", "artifacts", "optional", "parallel");
    private static final List<String> ELSEWHERE = List.of("pipeline", "project", "ref");

    private NeedsReader() {}

    /** What {@code needs} says; those of other pipelines are left out. */
    public static List<WantedJob> needs(String key, Value value, Report report) {
        List<WantedJob> needs = new ArrayList<>();
        for (Value item : Expected.oneOrMore(value)) {
            need(key, item, report).ifPresent(needs::add);
        }
        return needs;
    }

    /** What {@code dependencies} says. */
    public static List<WantedJob> dependencies(String key, Value value, Report report) {
        List<WantedJob> names = new ArrayList<>();
        for (Value item : Expected.items(key, value, report).orElse(List.of())) {
            Expected.text(key, item, report)
                    .ifPresent(name -> names.add(new WantedJob(item.place(), name, true, false, List.of())));
        }
        return names;
    }

    private static Optional<WantedJob> need(String key, Value item, Report report) {
        if (!(item instanceof Value.Fields map)) {
            return Expected.text(key, item, report)
                    .map(name -> new WantedJob(item.place(), name, true, false, List.of()));
        }
        if (ELSEWHERE.stream().anyMatch(word -> map.get(word).isPresent())) {
            report.notice(map.place(), key + ": jobs of other pipelines and projects cannot be waited for here");
            return Optional.empty();
        }
        Expected.onlyKeys(key, map, KEYS, report);
        Optional<Value> job = map.given("job");
        if (job.isEmpty()) {
            report.error(map.place(), key + ": 'job' is missing");
        }
        boolean artifacts = flag(key, "artifacts", true, map, report);
        boolean optional = flag(key, "optional", false, map, report);
        List<Map<String, String>> variables = map.given("parallel")
                .map(parallel -> ParallelReader.read(key + ".parallel", parallel, MOST_OF_MATRIX, report)
                        .variables())
                .orElse(List.of());
        return job.flatMap(name -> Expected.text(key + ".job", name, report))
                .map(name -> new WantedJob(map.place(), name, artifacts, optional, variables));
    }

    private static boolean flag(String key, String name, boolean usual, Value.Fields map, Report report) {
        return map.given(name)
                .flatMap(value -> Expected.flag(key + "." + name, value, report))
                .orElse(usual);
    }
}
