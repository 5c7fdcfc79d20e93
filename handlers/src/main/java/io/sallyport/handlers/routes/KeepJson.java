package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Keep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How long a project keeps what its builds have left, as JSON and back. What is absent is as the gateway has it. */
final class KeepJson {
    private static final List<String> FIELDS =
            List.of("artifactDays", "sourceDays", "logDays", "buildDays", "keepSuccesses", "keepTags", "bytes");

    private KeepJson() {}

    static void describe(ObjectNode json, Keep keep) {
        keep.artifactDays().ifPresent(days -> json.put("artifactDays", days));
        keep.sourceDays().ifPresent(days -> json.put("sourceDays", days));
        keep.logDays().ifPresent(days -> json.put("logDays", days));
        keep.buildDays().ifPresent(days -> json.put("buildDays", days));
        keep.keepSuccesses().ifPresent(count -> json.put("keepSuccesses", count));
        keep.keepTags().ifPresent(kept -> json.put("keepTags", kept));
        keep.bytes().ifPresent(bytes -> json.put("bytes", bytes));
    }

    static Keep read(JsonNode json) throws JsonBody.Unusable {
        if (json.isMissingNode()) {
            return Keep.USUAL;
        }
        if (!json.isObject()) {
            throw new JsonBody.Unusable("'keep' must be an object of " + String.join(", ", FIELDS));
        }
        JsonBody.requireKnown(json, FIELDS);
        return new Keep(
                days(json, "artifactDays"),
                days(json, "sourceDays"),
                days(json, "logDays"),
                days(json, "buildDays"),
                small(json, "keepSuccesses", Keep.MOST_SUCCESSES),
                json.has("keepTags") ? Optional.of(JsonBody.flag(json, "keepTags", true)) : Optional.empty(),
                JsonBody.number(json, "bytes", Long.MAX_VALUE));
    }

    private static OptionalInt days(JsonNode json, String name) throws JsonBody.Unusable {
        return small(json, name, Keep.LONGEST);
    }

    private static OptionalInt small(JsonNode json, String name, int most) throws JsonBody.Unusable {
        OptionalLong number = JsonBody.number(json, name, most);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }
}
