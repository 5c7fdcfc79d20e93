package io.sallyport.handlers.routes;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.Content;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.retention.What;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /builds/{id}/artifacts/{path}}: the bytes of one artifact, from any offset. */
final class ReadArtifact implements Handler {
    static final Param<Long> OFFSET = Param.number("offset", 0, Long.MAX_VALUE, "byte to start from");

    static final Param<String> JOB = Param.text("job", 256, "of this job; else of the last that has left it");

    /** Bounds what a wrong path costs. */
    private static final int MOST_COMPARED = 10_000;

    private final Engine engine;
    private final Gone gone;

    ReadArtifact(Engine engine, Gone gone) {
        this.engine = engine;
        this.gone = gone;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        String path = request.variable("path");
        Optional<String> job = request.get(JOB);
        Optional<Artifact> artifact = job.isPresent()
                ? engine.files().artifact(request.build(), job.get(), path)
                : engine.files().artifact(request.build(), path);
        Optional<Content> content = artifact.flatMap(engine.files()::content); // it may have been removed in between
        if (content.isEmpty()) {
            return gone.answer(request.build(), What.ARTIFACTS)
                    .orElseGet(() -> new Response.Failed(missing(engine, request.build(), path)));
        }
        long offset = request.get(OFFSET).orElse(0L);
        return new Response.Bytes(content.get(), offset, false, () -> ExitStatus.OK);
    }

    /** What is said to somebody who may read the build. */
    static Problem missing(Engine engine, Build build, String path) {
        List<String> paths = engine.files().visible(build).stream()
                .limit(MOST_COMPARED)
                .map(Artifact::path)
                .toList();
        String hint = Nearest.to(path, paths)
                .map(near -> ", did you mean '" + near + "'?")
                .orElse("");
        return Problem.notFound("build " + build.id() + " has no artifact '" + path + "'" + hint);
    }
}
