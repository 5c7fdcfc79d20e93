package io.sallyport.builds.spec.keyword;

import io.sallyport.builds.plan.KeepWhen;
import io.sallyport.builds.spec.yaml.Expected;
import io.sallyport.builds.spec.yaml.Report;
import io.sallyport.builds.spec.yaml.Shown;
import io.sallyport.builds.spec.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is kept from one build to another: a map, or a list of maps; an empty one keeps nothing. */
public final class CacheReader {
    private static final int MOST = 4;
    private static final int MOST_FILES = 2;
    private static final int LONGEST_KEY = 1024;
    private static final List<String> KEYS = List.of("key", "paths", "untracked", "policy", "when", "fallback_keys");
    private static final List<String> FILE_KEYS = List.of("files", "files_commits");

    private CacheReader() {}

    /** The caches in their order. */
    public static List<WantedCache> read(String key, Value value, Report report) {
        List<Value> items = Expected.oneOrMore(value);
        if (items.size() > MOST) {
            report.error(items.get(MOST).place(), key + ": more than " + MOST + " caches");
        }
        List<WantedCache> caches = new ArrayList<>();
        for (Value item : items) {
            Expected.fields(key, item, report)
                    .filter(map -> !map.fields().isEmpty())
                    .ifPresent(map -> caches.add(cache(key, map, report)));
        }
        return caches;
    }

    private static WantedCache cache(String key, Value.Fields map, Report report) {
        map.field("unprotect")
                .ifPresent(field -> report.notice(
                        field.place(),
                        key + ": 'unprotect' changes nothing here: caches of protected refs are always kept apart"));
        Expected.onlyKeys(key, map.without(List.of("unprotect")), KEYS, report);
        Optional<Value> wanted = map.given("key");
        Optional<Value.Fields> ofFiles =
                wanted.filter(Value.Fields.class::isInstance).map(Value.Fields.class::cast);
        ofFiles.ifPresent(
                made -> Expected.onlyKeys(key + ".key", made, List.of("files", "files_commits", "prefix"), report));
        List<String> files =
                ofFiles.map(made -> files(key + ".key", made, report)).orElse(List.of());
        Optional<String> name = ofFiles.isPresent()
                ? Optional.empty()
                : wanted.flatMap(text -> name(key + ".key", text, report)).or(() -> Optional.of("default"));
        return new WantedCache(
                map.place(),
                name,
                ofFiles.flatMap(made -> made.given("prefix")).flatMap(text -> name(key + ".key.prefix", text, report)),
                files,
                map.given("paths")
                        .map(paths -> Paths.read(key + ".paths", paths, report))
                        .orElse(List.of()),
                map.given("untracked")
                        .flatMap(flag -> Expected.flag(key + ".untracked", flag, report))
                        .orElse(false),
                map.given("policy")
                        .flatMap(word -> Expected.text(key + ".policy", word, report))
                        .orElse("pull-push"),
                map.given("when")
                        .flatMap(word -> ArtifactsReader.when(key + ".when", word, report))
                        .orElse(KeepWhen.ON_SUCCESS),
                fallbackKeys(key, map, report));
    }

    private static List<String> fallbackKeys(String key, Value.Fields map, Report report) {
        List<String> keys = new ArrayList<>();
        map.given("fallback_keys")
                .flatMap(list -> Expected.items(key + ".fallback_keys", list, report))
                .orElse(List.of())
                .forEach(item -> name(key + ".fallback_keys", item, report).ifPresent(keys::add));
        return keys;
    }

    private static Optional<String> name(String key, Value value, Report report) {
        Optional<String> name = Expected.text(key, value, report);
        Optional<String> fault = name.filter(text -> text.isBlank() || text.length() > LONGEST_KEY);
        fault.ifPresent(text -> report.error(value.place(), key + ": " + Shown.word(text) + " is no name of a cache"));
        return fault.isPresent() ? Optional.empty() : name;
    }

    private static List<String> files(String key, Value.Fields map, Report report) {
        Optional<Value> files =
                FILE_KEYS.stream().map(map::given).flatMap(Optional::stream).findFirst();
        if (files.isEmpty()) {
            report.error(map.place(), key + ": 'files' is missing");
        }
        List<String> paths =
                files.map(list -> Paths.read(key + ".files", list, report)).orElse(List.of());
        if (paths.size() > MOST_FILES) {
            report.error(map.place(), key + ".files: more than " + MOST_FILES + " files");
        }
        return paths;
    }
}
