package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.LogLevels;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /log-levels/{logger}}: lets a part say as much as what it is a part of. */
final class ResetLogLevel implements Handler {
    private final LogLevels levels;

    ResetLogLevel(LogLevels levels) {
        this.levels = levels;
    }

    @Override
    public Response handle(Request request) {
        String logger = request.variable("logger");
        return levels.reset(logger) ? new Response.Empty() : new Response.Failed(SetLogLevel.unknown(logger));
    }
}
