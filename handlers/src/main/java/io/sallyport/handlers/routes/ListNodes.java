package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.executor.Node;
import io.sallyport.builds.node.Nodes;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /nodes}: the machines that jobs run on, for who may see builds of any project; nothing for others. */
final class ListNodes implements Handler {
    private final Nodes nodes;

    ListNodes(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Response handle(Request request) throws InterruptedException {
        List<Node> seen = request.projects().isEmpty() ? List.of() : nodes.now();
        return new Response.Page(
                seen.stream().map(ListNodes::json).toList(),
                Optional.empty(),
                List.of("name", "state", "jobs", "tags", "reason"));
    }

    private static ObjectNode json(Node node) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", node.name()).put("state", node.state().label()).put("jobs", node.jobs());
        ArrayNode tags = json.putArray("tags");
        node.tags().stream().sorted().forEach(tags::add);
        if (!node.reason().isEmpty()) {
            json.put("reason", node.reason());
        }
        return json;
    }
}
