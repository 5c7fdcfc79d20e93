package io.sallyport.handlers.routes;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code GET /builds/{id}/artifacts}: what the build has left. */
final class ListArtifacts implements Handler {
    private final Engine engine;

    ListArtifacts(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) {
        Set<Artifact> visible = new HashSet<>(engine.artifacts(request.build()));
        return new Response.Page(
                engine.allArtifacts(request.build()).stream()
                        .map(artifact -> BuildJson.of(artifact, visible.contains(artifact)))
                        .toList(),
                Optional.empty(),
                List.of("path", "size", "sha256", "job"));
    }
}
