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
                                || (ownIn.contains(entry.project())
                                        && entry.submittedBy().equals(request.identity())))
                        .map(entry -> json(entry, visible))
                        .toList(),
                Optional.empty(),
                List.of("position", "id", "job", "project", "since", "priority", "why"));
    }

    private static Set<String> names(List<Project> projects) {
        return projects.stream().map(Project::name).collect(Collectors.toSet());
    }

    private static ObjectNode json(QueueEntry entry, Set<String> visible) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        entry.position().ifPresent(position -> json.put("position", position));
        json.put("id", entry.build()).put("project", entry.project());
        entry.job().ifPresent(job -> json.put("job", job));
        return json.put("since", Times.text(entry.since()))
                .put("priority", entry.priority())
                .put("why", new WhyWords(visible).of(entry));
    }
}
