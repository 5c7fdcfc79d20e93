package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Nearest;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import java.util.List;

/** {@code GET /identities/{name}}: an identity with its grants and keys. */
final class ShowIdentity implements Handler {
    private final IdentityStore identities;

    ShowIdentity(IdentityStore identities) {
        this.identities = identities;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        return identities
                .identity(name)
                .<Response>map(identity -> {
                    ObjectNode json =
                            IdentityJson.of(identity, identities.groups().of(name));
                    ArrayNode keys = json.putArray("keys");
                    identities.keys(name).forEach(key -> keys.add(IdentityJson.of(key)));
                    return Response.Document.of(json);
                })
                .orElseGet(() -> new Response.Failed(missing(identities, name)));
    }

    /** What is said to an administrator, who may see all names. */
    static Problem missing(IdentityStore identities, String name) {
        List<String> names =
                identities.identities().stream().map(Identity::name).toList();
        return Problem.notFound("no identity '" + name + "'"
                + Nearest.to(name, names)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse(""));
    }
}
