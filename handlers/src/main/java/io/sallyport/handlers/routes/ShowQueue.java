package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Project;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.QueueEntry;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code GET /queue}: what waits in projects that the caller may see, in order, and why. */
final class ShowQueue implements Handler {
    private final Engine engine;

    ShowQueue(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Response handle(Request request) {
        Set<String> visible = names(request.projects());
        Set<String> ownIn = names(request.ownIn());
        return new Response.Page(
                engine.queue().stream()
                        .filter(entry -> visible.contains(entry.project())
                                || (ownIn.contains(entry.project()) && submittedBy(request.identity(), entry)))
                        .map(ShowQueue::json)
                        .toList(),
                Optional.empty(),
                List.of("position", "id", "project", "since", "priority", "why"));
    }

    private boolean submittedBy(String identity, QueueEntry entry) {
        return engine.build(entry.build())
                .filter(build -> build.submittedBy().equals(identity))
                .isPresent();
    }

    private static Set<String> names(List<Project> projects) {
        return projects.stream().map(Project::name).collect(Collectors.toSet());
    }

    private static ObjectNode json(QueueEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("position", entry.position())
                .put("id", entry.build())
                .put("project", entry.project())
                .put("since", Times.text(entry.since()))
                .put("priority", entry.priority())
                .put("why", entry.why());
    }
}
