package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.Content;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.function.Function;

/** {@code GET /builds/{id}/artifacts.tar} and {@code …/source.tar}: everything in one stream. */
final class ReadArchive implements Handler {
    private final Function<Build, Content> archive;

    ReadArchive(Function<Build, Content> archive) {
        this.archive = archive;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Bytes(archive.apply(request.build()), 0, false, () -> ExitStatus.OK);
    }
}
