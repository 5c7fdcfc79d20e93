package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.IdentityStore;

/** {@code DELETE /identities/{name}}: an identity and its keys; never the last administrator. */
final class DeleteIdentity implements Handler {
    private final IdentityStore identities;

    DeleteIdentity(IdentityStore identities) {
        this.identities = identities;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        return switch (identities.remove(name, request.identity())) {
            case DONE -> new Response.Empty();
            case ABSENT -> new Response.Failed(ShowIdentity.missing(identities, name));
            case LAST_ADMINISTRATOR -> LastAdministrator.stays();
        };
    }
}
