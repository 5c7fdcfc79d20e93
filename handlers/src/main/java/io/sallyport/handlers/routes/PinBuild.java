package io.sallyport.handlers.routes;

import io.sallyport.builds.retention.Retention;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code PUT /builds/{id}/pin}: keeps a build, however old it gets. */
final class PinBuild implements Handler {
    private static final int LONGEST_REASON = 1000;

    static final Param<String> REASON = Param.text("reason", LONGEST_REASON, "why, for those who wonder");

    private final Retention retention;

    PinBuild(Retention retention) {
        this.retention = retention;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        retention.pin(request.build(), request.identity(), request.get(REASON));
        return Response.Document.of(BuildJson.of(request.build(), retention.remains(request.build())));
    }
}
