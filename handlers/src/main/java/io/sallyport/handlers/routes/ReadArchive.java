package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.Content;
import io.sallyport.builds.retention.What;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.Optional;
import java.util.function.Function;

/** {@code GET /builds/{id}/artifacts.tar} and {@code …/source.tar}: everything that is left, in one stream. */
final class ReadArchive implements Handler {
    private final Gone gone;
    private final What what;
    private final Function<Build, Content> archive;

    ReadArchive(Gone gone, What what, Function<Build, Content> archive) {
        this.gone = gone;
        this.what = what;
        this.archive = archive;
    }

    @Override
    public Response handle(Request request) {
        Build build = request.build();
        boolean left = what == What.ARTIFACTS && build.artifactCount() > 0;
        return (left ? Optional.<Response>empty() : gone.answer(build, what))
                .orElseGet(() -> new Response.Bytes(archive.apply(build), 0, false, () -> ExitStatus.OK));
    }
}
