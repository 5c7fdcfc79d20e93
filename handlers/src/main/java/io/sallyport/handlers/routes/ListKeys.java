package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.IdentityStore;
import java.util.List;
import java.util.Optional;

/** {@code GET /keys}: the caller's own keys. */
final class ListKeys implements Handler {
    static final List<String> COLUMNS = List.of("fingerprint", "type", "comment", "added");

    private final IdentityStore identities;

    ListKeys(IdentityStore identities) {
        this.identities = identities;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Page(
                identities.keys(request.identity()).stream()
                        .map(IdentityJson::of)
                        .toList(),
                Optional.empty(),
                COLUMNS);
    }
}
