package io.sallyport.handlers.routes;

import io.sallyport.handlers.Connections;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code DELETE /connections/{id}}: ends a connection; builds that it follows go on. */
final class EndConnection implements Handler {
    private static final int LONGEST_REASON = 1000;

    static final Param<String> REASON = Param.text("reason", LONGEST_REASON, "why, shown to who is connected");

    private final Connections connections;

    EndConnection(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        String id = request.variable("id");
        String words = "ended by " + request.identity()
                + request.get(REASON).map(reason -> ": " + reason).orElse("");
        return connections.end(id, words)
                ? new Response.Empty()
                : new Response.Failed(Problem.notFound("no connection '" + id + "'; GET /connections lists them"));
    }
}
