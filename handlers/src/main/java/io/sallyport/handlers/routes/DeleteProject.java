package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.io.IOException;

/** {@code DELETE /projects/{p}}: its builds end and are not found any more. */
final class DeleteProject implements Handler {
    private final Engine engine;

    DeleteProject(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) throws IOException {
        String name = request.variable("p");
        return engine.removeProject(name, request.identity())
                ? new Response.Empty()
                : new Response.Failed(Problem.notFound("no project '" + name + "'"));
    }
}
