package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.AuthorityStore;
import java.util.List;
import java.util.Optional;

/** {@code GET /cas}: the certificate authorities that are trusted. */
final class ListAuthorities implements Handler {
    private static final List<String> COLUMNS = List.of("fingerprint", "name", "notBefore", "notAfter", "added");

    private final AuthorityStore authorities;

    ListAuthorities(AuthorityStore authorities) {
        this.authorities = authorities;
    }

    @Override
    public Response handle(Request request) {
        return new Response.Page(
                authorities.all().stream()
                        .map(authority -> AuthorityJson.of(authority, authorities.isOwn(authority.fingerprint())))
                        .toList(),
                Optional.empty(),
                COLUMNS);
    }
}
