package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Pause;

/** A standstill as JSON. */
final class PauseJson {
    private PauseJson() {}

    static void describe(ObjectNode json, Pause pause) {
        json.put("by", pause.by()).put("since", Times.text(pause.since()));
        pause.message().ifPresent(message -> json.put("message", message));
    }
}
