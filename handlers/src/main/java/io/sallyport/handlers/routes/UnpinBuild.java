package io.sallyport.handlers.routes;

import io.sallyport.builds.retention.Retention;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /builds/{id}/pin}: keeps a build no longer than the others. */
final class UnpinBuild implements Handler {
    private final Retention retention;

    UnpinBuild(Retention retention) {
        this.retention = retention;
    }

    @Override
    public Response handle(Request request) {
        return retention.unpin(request.build(), request.identity())
                ? new Response.Empty()
                : new Response.Failed(
                        Problem.notFound("build " + request.build().id() + " is not pinned"));
    }
}
