package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.plan.JobSpec.Environment;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Value;
import java.util.List;
import java.util.Optional;

/** Reads where a job deploys to. */
public final class EnvironmentReader {
    private static final List<String> KEYS = List.of("name", "url");
    private static final List<String> IGNORED =
            List.of("action", "on_stop", "auto_stop_in", "deployment_tier", "kubernetes");

    private EnvironmentReader() {}

    /** A name, or a map with more about it. */
    public static Optional<Environment> read(String key, Value value, Report report) {
        if (!(value instanceof Value.Fields map)) {
            return Expected.text(key, value, report).map(name -> new Environment(name, Optional.empty()));
        }
        for (String ignored : IGNORED) {
            map.field(ignored)
                    .ifPresent(field -> report.notice(
                            field.place(),
                            key + ": '" + ignored + "' changes nothing here: environments are only shown"));
        }
        Expected.onlyKeys(key, map.without(IGNORED), KEYS, report);
        Optional<String> url = map.given("url").flatMap(text -> Expected.text(key + ".url", text, report));
        if (map.given("name").isEmpty()) {
            report.error(map.place(), key + ": 'name' is missing");
        }
        return map.given("name")
                .flatMap(text -> Expected.text(key + ".name", text, report))
                .map(name -> new Environment(name, url));
    }
}
