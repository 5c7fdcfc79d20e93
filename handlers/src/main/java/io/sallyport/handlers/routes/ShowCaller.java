package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;

/** {@code GET /whoami}: the caller as the gateway sees them. */
final class ShowCaller implements Handler {
    @Override
    public Response handle(Request request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("identity", request.identity());
        IdentityJson.of(request.principal().identity()).properties().stream()
                .filter(member -> !member.getKey().equals("name"))
                .forEach(member -> json.set(member.getKey(), member.getValue()));
        json.putObject("credential")
                .put("kind", "key")
                .put("fingerprint", request.principal().credential().fingerprint());
        return Response.Document.of(json);
    }
}
