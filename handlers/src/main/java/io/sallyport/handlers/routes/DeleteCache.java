package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /projects/{p}/caches/{key}}: later builds do not find it, whoever has saved it. */
final class DeleteCache implements Handler {
    private final Engine engine;

    DeleteCache(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) {
        String key = request.variable("key");
        return engine.projects().removeCache(request.project(), key)
                ? new Response.Empty()
                : new Response.Failed(Problem.notFound("no cache '" + key + "'"));
    }
}
