package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.LogLevels;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.Locale;

/** {@code GET /log-levels}: the parts of the gateway's own log that have a level of their own. */
final class ListLogLevels implements Handler {
    private final LogLevels levels;

    ListLogLevels(LogLevels levels) {
        this.levels = levels;
    }

    @Override
    public Response handle(Request request) {
        return Response.Document.of(json(levels));
    }

    static ObjectNode json(LogLevels levels) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        levels.levels().forEach((logger, level) -> json.put(logger, level.name().toLowerCase(Locale.ROOT)));
        return json;
    }
}
