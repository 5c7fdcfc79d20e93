package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.handlers.BodyForm;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import java.io.IOException;

/** {@code PUT /identities/{name}}: makes an identity, or replaces its grants; its keys stay. */
final class PutIdentity implements Handler {
    static final BodyForm BODY = BodyForm.json(
            "kind (person, service), locked, verifyRequired, " + GrantJson.FORM,
            "{\"grants\":[{\"role\":\"builder\",\"project\":\"web\"}]}",
            "PUT /identities/ann");

    private final IdentityStore identities;
    private final JsonBody json = new JsonBody();

    PutIdentity(IdentityStore identities) {
        this.identities = identities;
    }

    @Override
    public Response handle(Request request) throws IOException {
        String name = request.variable("name");
        if (!Identity.isName(name)) {
            return new Response.Failed(Problem.badRequest(
                    "'" + name + "' is no name for an identity: lower-case letters, digits, '.', '_', '-'"));
        }
        try {
            Identity identity = IdentityJson.identity(name, json.object(request.body(), IdentityJson.FIELDS, BODY));
            boolean fresh = identities.identity(name).isEmpty();
            return switch (identities.put(identity, request.identity())) {
                case DONE -> new Response.Document(fresh ? 201 : 200, shown(identity), ExitStatus.OK);
                case LAST_ADMINISTRATOR -> LastAdministrator.stays();
                case ABSENT -> throw new IllegalStateException("absent after it was put");
            };
        } catch (JsonBody.Unusable e) {
            return new Response.Failed(e.problem());
        }
    }

    private ObjectNode shown(Identity identity) {
        return IdentityJson.of(identity, identities.groups().of(identity.name()));
    }
}
