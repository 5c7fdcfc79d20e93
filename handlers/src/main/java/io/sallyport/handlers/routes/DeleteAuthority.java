package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.AuthorityStore;

/** {@code DELETE /cas/{fingerprint}}: trusts an authority no more; sessions with its certificates end. */
final class DeleteAuthority implements Handler {
    private final AuthorityStore authorities;

    DeleteAuthority(AuthorityStore authorities) {
        this.authorities = authorities;
    }

    @Override
    public Response handle(Request request) {
        String fingerprint = request.variable("fingerprint");
        return authorities.remove(fingerprint, request.identity())
                ? new Response.Empty()
                : new Response.Failed(Problem.notFound("no authority " + fingerprint));
    }
}
