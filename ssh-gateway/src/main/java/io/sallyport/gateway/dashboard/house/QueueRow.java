package io.sallyport.gateway.dashboard.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that waits.
 *
 * @param position empty when it waits for something else than its turn
 * @param job empty for a build that has not begun
 * @param why in words
 */
public record QueueRow(String position, long build, String job, String project, Instant since, String why) {
    static QueueRow of(JsonNode json) {
        return new QueueRow(
                json.path("position").asText(),
                json.path("id").asLong(),
                json.path("job").asText(),
                json.path("project").asText(),
                Json.time(json, "since").orElse(Instant.EPOCH),
                json.path("why").asText());
    }
}
