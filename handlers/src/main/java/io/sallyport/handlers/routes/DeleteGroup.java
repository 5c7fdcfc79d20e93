package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Groups;

/** {@code DELETE /groups/{name}}: its members stay, without what it has granted; never the last administrator's. */
final class DeleteGroup implements Handler {
    private final Groups groups;

    DeleteGroup(Groups groups) {
        this.groups = groups;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        return switch (groups.remove(name, request.identity())) {
            case DONE -> new Response.Empty();
            case ABSENT -> new Response.Failed(ShowGroup.missing(groups, name));
            case LAST_ADMINISTRATOR -> LastAdministrator.stays();
        };
    }
}
