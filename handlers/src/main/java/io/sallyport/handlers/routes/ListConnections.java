package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.handlers.Connections;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /connections}: who is connected, the oldest first. */
final class ListConnections implements Handler {
    private static final List<String> COLUMNS = List.of("id", "identity", "source", "since", "channels", "client");

    private final Connections connections;

    ListConnections(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Page(
                connections.all().stream().map(ListConnections::json).toList(), Optional.empty(), COLUMNS);
    }

    private static ObjectNode json(Connections.Connection connection) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", connection.id())
                .put("identity", connection.identity())
                .put("fingerprint", connection.fingerprint())
                .put("source", connection.source())
                .put("since", Times.text(connection.since()))
                .put("client", connection.client())
                .put("channels", connection.channels())
                .put("bytesIn", connection.bytesIn())
                .put("bytesOut", connection.bytesOut());
    }
}
