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
        if (LastAdministrator.wouldGo(identities, name)) {
            return new Response.Failed(LastAdministrator.problem());
        }
        return identities.remove(name)
                ? new Response.Empty()
                : new Response.Failed(ShowIdentity.missing(identities, name));
    }
}
