package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.IdentityStore;

/** {@code DELETE /keys/{fingerprint}}: lets a key in no more; sessions that came in with it end. */
final class DeleteKey implements Handler {
    private static final int LONGEST_REASON = 1000;

    static final Param<String> REASON = Param.text("reason", LONGEST_REASON, "why, for the record");

    private final IdentityStore identities;

    DeleteKey(IdentityStore identities) {
        this.identities = identities;
    }

    @Override
    public Response handle(Request request) {
        identities.removeKey(request.variable("fingerprint"), request.identity());
        return new Response.Empty();
    }
}
