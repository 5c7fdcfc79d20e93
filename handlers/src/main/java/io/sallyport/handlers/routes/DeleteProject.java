package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.DeployKeys;
import java.io.IOException;

/** {@code DELETE /projects/{p}}: its builds end and are not found any more. */
final class DeleteProject implements Handler {
    private final Engine engine;
    private final DeployKeys keys;

    DeleteProject(Engine engine, DeployKeys keys) {
        this.engine = engine;
        this.keys = keys;
    }

    @Override
    public Response handle(Request request) throws IOException {
        String name = request.variable("p");
        // First: a crash in between leaves a project without keys, and never keys without their project.
        keys.removeAll(name, request.identity());
        return engine.projects().remove(name, request.identity())
                ? new Response.Empty()
                : new Response.Failed(Problem.notFound("no project '" + name + "'"));
    }
}
