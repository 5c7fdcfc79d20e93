package io.sallyport.handlers.routes;

import io.sallyport.builds.engine.Engine;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /builds/{id}/{job}/kept}: keeps a failed job no longer. */
final class VacateJob implements Handler {
    private final Engine engine;

    VacateJob(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) {
        String job = request.variable("job");
        return engine.vacate(request.build(), job)
                ? new Response.Empty()
                : new Response.Failed(Problem.notFound(
                        "job '" + job + "' of build " + request.build().id() + " is not kept"));
    }
}
