package io.sallyport.builds.outward;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Build;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is told of a build outside: no variables, no log, no jobs. */
final class BuildFacts {
    private static final int LONGEST_REASON = 1000;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private BuildFacts() {}

    /** The commit that a forge can know it by: a whole id, SHA-1 or SHA-256. */
    static Optional<String> commit(Build build) {
        return build.request()
                .commit()
                .filter(commit -> COMMIT.matcher(commit).matches())
                .map(commit -> commit.toLowerCase(Locale.ROOT));
    }

    static ObjectNode of(Build build) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", build.id())
                .put("project", build.project())
                .put("state", build.state().label());
        build.reason().ifPresent(reason -> json.put("reason", cut(reason)));
        build.request().ref().ifPresent(ref -> json.put("ref", ref));
        build.request()
                .commit()
                .ifPresent(given -> json.put("commit", commit(build).orElse(given)));
        if (!build.labels().isEmpty()) {
            build.labels().forEach(json.putObject("labels")::put);
        }
        json.put("submittedBy", build.submittedBy());
        build.canceledBy().ifPresent(who -> json.put("canceledBy", who));
        build.request().retryOf().ifPresent(other -> json.put("retryOf", other));
        build.supersededBy().ifPresent(newer -> json.put("supersededBy", newer));
        json.put("trusted", build.trusted());
        json.put("created", time(build.created()));
        build.started().ifPresent(started -> json.put("started", time(started)));
        build.finished().ifPresent(finished -> json.put("finished", time(finished)));
        return json;
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }
}
