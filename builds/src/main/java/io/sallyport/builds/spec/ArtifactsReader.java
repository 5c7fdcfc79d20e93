package io.sallyport.builds.spec;

import io.sallyport.builds.plan.ArtifactRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which files are kept: {@code paths}, a list of patterns that stay inside the workspace. */
final class ArtifactsReader {
    private static final int MOST_PATHS = 200;
    private static final int LONGEST = 1024;
    private static final String EVERYTHING = "**";

    private ArtifactsReader() {}

    static ArtifactRules read(String key, Value value, Errors errors) {
        Optional<Value.Fields> fields = Expected.fields(key, value, errors);
        if (fields.isEmpty()) {
            return ArtifactRules.NONE;
        }
        Expected.onlyKeys(fields.get(), List.of("paths"), errors);
        List<Value> items = fields.get()
                .get("paths")
                .flatMap(paths -> Expected.items(key + ".paths", paths, errors))
                .orElse(List.of());
        if (items.size() > MOST_PATHS) {
            errors.add(items.get(MOST_PATHS).place(), key + ".paths: more than " + MOST_PATHS + " paths");
            return ArtifactRules.NONE;
        }
        List<String> paths = new ArrayList<>();
        items.forEach(item -> path(key + ".paths", item, errors).ifPresent(paths::add));
        return ArtifactRules.of(paths);
    }

    private static Optional<String> path(String key, Value item, Errors errors) {
        Optional<String> text = Expected.text(key, item, errors);
        Optional<String> fault = text.flatMap(ArtifactsReader::fault);
        fault.ifPresent(reason -> errors.add(item.place(), key + ": " + Errors.quote(text.get()) + " " + reason));
        return fault.isPresent() ? Optional.empty() : text.map(ArtifactsReader::normal);
    }

    private static Optional<String> fault(String path) {
        if (path.isBlank()) {
            return Optional.of("is empty");
        }
        if (path.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        if (path.startsWith("/")) {
            return Optional.of("is absolute; paths begin in the workspace");
        }
        if (List.of(path.split("/")).contains("..")) {
            return Optional.of("has '..' in it; paths stay inside the workspace");
        }
        return Optional.empty();
    }

    /** Without dots and slashes that mean nothing; the workspace itself means everything in it. */
    private static String normal(String path) {
        List<String> names = new ArrayList<>(List.of(path.split("/")));
        names.removeIf(name -> name.isEmpty() || name.equals("."));
        return names.isEmpty() ? EVERYTHING : String.join("/", names);
    }
}
