package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Credential;
import io.sallyport.keys.DeployKeys;
import io.sallyport.keys.Identity;

/** {@code GET /whoami}: the caller as the gateway sees them. */
final class ShowCaller implements Handler {
    private final DeployKeys keys;

    ShowCaller(DeployKeys keys) {
        this.keys = keys;
    }

    @Override
    public Response handle(Request request) {
        Identity caller = request.principal().identity();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("identity", request.identity());
        switch (caller.kind()) {
            case PERSON, SERVICE ->
                IdentityJson.of(caller, request.principal().groups()).properties().stream()
                        .filter(member -> !member.getKey().equals("name"))
                        .forEach(member -> json.set(member.getKey(), member.getValue()));
            case DEPLOY_KEY -> {
                json.put("kind", caller.kind().label());
                keys.find(request.principal().credential().fingerprint())
                        .ifPresent(key -> DeployKeyJson.describe(json, key));
            }
        }
        Credential credential = request.principal().credential();
        ObjectNode shown = json.putObject("credential")
                .put("kind", credential.certificate().isPresent() ? "certificate" : "key")
                .put("fingerprint", credential.fingerprint());
        credential.certificate().ifPresent(certificate -> shown.setAll(AuthorityJson.of(certificate)));
        return Response.Document.of(json);
    }
}
