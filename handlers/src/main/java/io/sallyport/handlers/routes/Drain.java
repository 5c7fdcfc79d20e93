package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code PUT /drain}: takes no new builds until {@code DELETE /drain}; what is there goes on. */
final class Drain implements Handler {
    private static final int LONGEST_MESSAGE = 1000;

    static final Param<String> MESSAGE =
            Param.text("message", LONGEST_MESSAGE, "why and until when, for those who want something built");

    private final Engine engine;

    Drain(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        PauseJson.describe(json.putObject("draining"), engine.drain(request.identity(), request.get(MESSAGE)));
        return Response.Document.of(json);
    }
}
