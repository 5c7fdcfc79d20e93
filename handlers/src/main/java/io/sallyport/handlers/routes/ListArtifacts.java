package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /builds/{id}/artifacts}: what the build has left. */
final class ListArtifacts implements Handler {
    private final Engine engine;

    ListArtifacts(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Page(
                engine.allArtifacts(request.build()).stream().map(BuildJson::of).toList(),
                Optional.empty(),
                List.of("path", "size", "sha256", "job"));
    }
}
