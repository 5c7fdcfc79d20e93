package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Group;
import io.sallyport.keys.Groups;
import java.util.List;

/** {@code GET /groups}: all of them, in the order of their names. */
final class ListGroups implements Handler {
    private final Groups groups;

    ListGroups(Groups groups) {
        this.groups = groups;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        return new NamedPage<>(groups.all(), Group::name, GroupJson::of)
                .answer(request, List.of("name", "members", "grants"));
    }
}
