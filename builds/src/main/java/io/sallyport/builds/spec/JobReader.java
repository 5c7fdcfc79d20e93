package io.sallyport.builds.spec;

import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the one job that a spec has for now, from the keys at its top. */
final class JobReader {
    private static final String NAME = "build";
    private static final List<String> KEYS = List.of("image", "script", "variables", "artifacts", "timeout");
    private static final int LONGEST_IMAGE = 1024;
    /** Keys that begin so hold values for anchors and mean nothing themselves, as GitLab's hidden jobs do. */
    private static final String HIDDEN = ".";

    private final Duration usual;
    private final Duration longest;
    private final Errors errors;

    JobReader(Duration usual, Duration longest, Errors errors) {
        this.usual = usual;
        this.longest = longest;
        this.errors = errors;
    }

    /** The job; of no use when errors were added. */
    JobSpec read(Value.Fields written) {
        Value.Fields spec = new Value.Fields(
                written.place(),
                written.fields().stream()
                        .filter(field -> !field.name().startsWith(HIDDEN))
                        .toList());
        Expected.onlyKeys(spec, KEYS, errors);
        Work work = new Work(
                spec.get("image").flatMap(this::image).map(image -> new Work.Image(image, Optional.empty())),
                List.of(),
                script(spec),
                List.of(),
                spec.get("variables")
                        .map(value -> VariablesReader.read("variables", value, errors))
                        .orElse(Map.of()),
                spec.get("timeout").map(this::timeout).orElse(usual),
                List.of(),
                List.of());
        return JobSpec.of(NAME, NAME, work)
                .keeping(spec.get("artifacts")
                        .map(value -> ArtifactsReader.read("artifacts", value, errors))
                        .orElse(ArtifactRules.NONE));
    }

    private Optional<String> image(Value value) {
        Optional<String> image = Expected.string("image", value, errors);
        if (image.isPresent()
                && (image.get().isEmpty()
                        || image.get().length() > LONGEST_IMAGE
                        || image.get().chars().anyMatch(c -> c <= ' '))) {
            errors.add(value.place(), "image: " + Errors.quote(image.get()) + " is no name of an image");
        }
        return image;
    }

    private List<String> script(Value.Fields spec) {
        Optional<Value> script = spec.get("script");
        if (script.isEmpty()) {
            errors.add(spec.place(), "'script' is missing: the commands to run");
            return List.of();
        }
        return ScriptReader.read("script", script.get(), errors);
    }

    private Duration timeout(Value value) {
        Optional<String> text = Expected.text("timeout", value, errors);
        if (text.isEmpty()) {
            return usual;
        }
        Optional<Duration> time = TimeText.parse(text.get());
        if (time.isEmpty()) {
            errors.add(
                    value.place(),
                    "timeout: " + Errors.quote(text.get()) + " is no length of time such as 90s, 10m or 1h 30m");
            return usual;
        }
        if (!time.get().isPositive() || time.get().compareTo(longest) > 0) {
            errors.add(
                    value.place(),
                    "timeout: " + Errors.quote(text.get()) + " is not between 1s and " + TimeText.of(longest));
        }
        return time.get();
    }
}
