package io.sallyport.handlers.routes;

import io.sallyport.builds.schedule.Schedules;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.IdentityStore;

/** {@code DELETE /identities/{name}}: an identity and its keys; never the last administrator. Its schedules are paused. */
final class DeleteIdentity implements Handler {
    private final IdentityStore identities;
    private final Schedules schedules;

    DeleteIdentity(IdentityStore identities, Schedules schedules) {
        this.identities = identities;
        this.schedules = schedules;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        return switch (identities.remove(name, request.identity())) {
            case DONE -> {
                schedules.ownerIsGone(name);
                yield new Response.Empty();
            }
            case ABSENT -> new Response.Failed(ShowIdentity.missing(identities, name));
            case LAST_ADMINISTRATOR -> LastAdministrator.stays();
        };
    }
}
