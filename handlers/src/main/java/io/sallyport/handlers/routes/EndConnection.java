package io.sallyport.handlers.routes;

import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.handlers.Connections;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.Optional;

/** {@code DELETE /connections/{id}}: ends a connection; builds that it follows go on. */
final class EndConnection implements Handler {
    private static final int LONGEST_REASON = 1000;

    static final Param<String> REASON = Param.text("reason", LONGEST_REASON, "why, shown to who is connected");

    private final Connections connections;
    private final EventLog events;

    EndConnection(Connections connections, EventLog events) {
        this.connections = connections;
        this.events = events;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        String id = request.variable("id");
        String words = "ended by " + request.identity()
                + request.get(REASON).map(reason -> ": " + reason).orElse("");
        Optional<Connections.Connection> connection =
                connections.all().stream().filter(each -> each.id().equals(id)).findFirst();
        if (connection.isEmpty() || !connections.end(id, words)) {
            return new Response.Failed(Problem.notFound("no connection '" + id + "'; GET /connections lists them"));
        }
        events.add(NewEvent.of(EventType.CONNECTION_ENDED, new Subject.House())
                .by(request.identity())
                .fact("connection", id)
                .fact("identity", connection.get().identity())
                .fact("reason", request.get(REASON)));
        return new Response.Empty();
    }
}
