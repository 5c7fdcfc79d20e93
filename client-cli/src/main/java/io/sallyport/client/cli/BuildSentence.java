package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A build in a sentence, such as {@code build 42 (web) failed after 3.1 s: make: no rule}. */
final class BuildSentence {
    private static final double MILLIS_PER_SECOND = 1000;

    private BuildSentence() {}

    /** The sentence; empty when the object is no build. */
    static Optional<String> of(JsonNode build) {
        if (!build.path("id").isIntegralNumber() || !build.path("state").isTextual()) {
            return Optional.empty();
        }
        String id = build.path("id").asText();
        StringBuilder text = new StringBuilder(name(build));
        text.append(' ').append(build.path("state").asText());
        took(build).ifPresent(text::append);
        if (build.path("reason").isTextual()) {
            text.append(": ").append(build.path("reason").asText());
        }
        int artifacts = build.path("artifacts").path("count").asInt(0);
        if (artifacts > 0) {
            text.append("; ").append(artifacts == 1 ? "1 artifact" : artifacts + " artifacts");
            text.append(": sally get ").append(id);
        }
        return Optional.of(text.toString());
    }

    /** What has come of the wish to cancel a build, which may take until its jobs are gone. */
    static Optional<String> canceled(JsonNode build) {
        return build.path("finished").isTextual()
                ? of(build)
                : of(build)
                        .map(sentence -> name(build) + " is being canceled: sally wait "
                                + build.path("id").asText());
    }

    /** Build and project. */
    private static String name(JsonNode build) {
        String project =
                build.path("project").isTextual() ? " (" + build.path("project").asText() + ")" : "";
        return "build " + build.path("id").asText() + project;
    }

    private static Optional<String> took(JsonNode build) {
        try {
            Instant started = Instant.parse(build.path("started").asText());
            Instant finished = Instant.parse(build.path("finished").asText());
            double seconds = Duration.between(started, finished).toMillis() / MILLIS_PER_SECOND;
            return Optional.of(String.format(Locale.ROOT, " after %.1f s", seconds));
        } catch (DateTimeException notEnded) {
            return Optional.empty();
        }
    }
}
