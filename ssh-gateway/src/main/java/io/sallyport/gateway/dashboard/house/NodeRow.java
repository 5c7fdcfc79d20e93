package io.sallyport.gateway.dashboard.house;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A machine that jobs run on, as the list has it.
 *
 * @param state {@code ready}, {@code draining} or {@code down}
 * @param reason why it is not ready; may be empty
 * @param jobs that are there
 */
public record NodeRow(String name, String state, String reason, int jobs) {
    static NodeRow of(JsonNode json) {
        return new NodeRow(
                json.path("name").asText(),
                json.path("state").asText(),
                json.path("reason").asText(),
                json.path("jobs").asInt());
    }

    /** Whether it takes jobs. */
    public boolean isReady() {
        return state.equals("ready");
    }
}
