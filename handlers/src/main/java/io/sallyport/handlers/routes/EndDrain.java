package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /drain}: takes builds again; nothing to do when they are taken. */
final class EndDrain implements Handler {
    private final Engine engine;

    EndDrain(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) {
        engine.endDrain(request.identity());
        return new Response.Empty();
    }
}
