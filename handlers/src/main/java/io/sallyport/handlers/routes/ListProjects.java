package io.sallyport.handlers.routes;

import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /projects}: the projects that the caller may see. */
final class ListProjects implements Handler {
    @Override
    public Response handle(Request request) {
        return new Response.Page(
                request.projects().stream()
                        .map(project -> ProjectJson.of(project, request))
                        .toList(),
                Optional.empty(),
                List.of("name", "description", "created"));
    }
}
