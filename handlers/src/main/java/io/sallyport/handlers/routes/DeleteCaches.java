package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /projects/{p}/caches}: builds find none until one has been saved again. */
final class DeleteCaches implements Handler {
    private final Engine engine;

    DeleteCaches(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) {
        engine.projects().removeCaches(request.project());
        return new Response.Empty();
    }
}
