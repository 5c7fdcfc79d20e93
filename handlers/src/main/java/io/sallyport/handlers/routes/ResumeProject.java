package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /projects/{p}/pause}: starts its jobs again; nothing to do when they are started. */
final class ResumeProject implements Handler {
    private final Engine engine;

    ResumeProject(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) {
        engine.projects().resume(request.project(), request.identity());
        return new Response.Empty();
    }
}
