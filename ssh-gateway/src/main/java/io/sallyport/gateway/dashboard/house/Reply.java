package io.sallyport.gateway.dashboard.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sallyport.handlers.Problem;

/** What a question came to. */
public sealed interface Reply {
    /** The answer; of a list, {@code items} and {@code next}; a missing node when there is nothing to show. */
    record Told(JsonNode body) implements Reply {}

    /** None. */
    record Refused(Problem problem) implements Reply {}

    /** The answer, or a missing node. */
    default JsonNode body() {
        return switch (this) {
            case Told told -> told.body();
            case Refused refused -> MissingNode.getInstance();
        };
    }
}
