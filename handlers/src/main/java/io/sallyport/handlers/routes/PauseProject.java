package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code PUT /projects/{p}/pause}: starts no job of the project until that is taken back; builds are accepted and wait. */
final class PauseProject implements Handler {
    private static final int LONGEST_MESSAGE = 1000;

    static final Param<String> MESSAGE = Param.text("message", LONGEST_MESSAGE, "why, for those whose builds wait");

    private final Engine engine;

    PauseProject(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        return Response.Document.of(ProjectJson.of(
                engine.projects().pause(request.project(), request.identity(), request.get(MESSAGE)), request));
    }
}
