package io.sallyport.handlers.routes;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.retention.Retention;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code GET /builds/{id}/artifacts}: what the build has left, and until when it is kept. */
final class ListArtifacts implements Handler {
    private final Engine engine;
    private final Retention retention;

    ListArtifacts(Engine engine, Retention retention) {
        this.engine = engine;
        this.retention = retention;
    }

    @Override
    public Response handle(Request request) {
        Build build = request.build();
        Set<Artifact> visible = new HashSet<>(engine.files().visible(build));
        Map<String, Instant> expires = engine.projects()
                .project(build.project())
                .map(project -> retention.expires(build, project))
                .orElse(Map.of());
        return new Response.Page(
                engine.files().all(build).stream()
                        .map(artifact -> BuildJson.of(
                                artifact, visible.contains(artifact), Optional.ofNullable(expires.get(artifact.job()))))
                        .toList(),
                Optional.empty(),
                List.of("path", "size", "sha256", "job", "expires"));
    }
}
