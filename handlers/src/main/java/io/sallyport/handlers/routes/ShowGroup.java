package io.sallyport.handlers.routes;

import io.sallyport.builds.Nearest;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Group;
import io.sallyport.keys.Groups;
import java.util.List;

/** {@code GET /groups/{name}}: a group with its members and grants. */
final class ShowGroup implements Handler {
    private final Groups groups;

    ShowGroup(Groups groups) {
        this.groups = groups;
    }

    @Override
    public Response handle(Request request) {
        String name = request.variable("name");
        return groups.find(name)
                .<Response>map(group -> Response.Document.of(GroupJson.of(group)))
                .orElseGet(() -> new Response.Failed(missing(groups, name)));
    }

    /** What is said to an administrator, who may see all names. */
    static Problem missing(Groups groups, String name) {
        List<String> names = groups.all().stream().map(Group::name).toList();
        return Problem.notFound("no group '" + name + "'"
                + Nearest.to(name, names)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse(""));
    }
}
