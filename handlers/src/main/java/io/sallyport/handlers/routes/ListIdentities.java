package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import java.util.List;

/** {@code GET /identities}: everybody, in the order of their names. */
final class ListIdentities implements Handler {
    private final IdentityStore identities;

    ListIdentities(IdentityStore identities) {
        this.identities = identities;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        return new NamedPage<>(
                        identities.identities(),
                        Identity::name,
                        identity ->
                                IdentityJson.of(identity, identities.groups().of(identity.name())))
                .answer(request, List.of("name", "kind", "locked", "grants", "groups"));
    }
}
