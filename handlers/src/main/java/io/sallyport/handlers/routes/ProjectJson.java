package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.handlers.Request;
import java.util.List;

/** Projects and their settings as JSON, and back. */
final class ProjectJson {
    static final List<String> FIELDS = List.of("description", "sourceBytes", "artifactBytes", "timeoutSeconds");

    private ProjectJson() {}

    /** A project as the caller of a request sees it. */
    static ObjectNode of(Project project, Request request) {
        return of(project).put("maySubmit", request.maySubmit(project));
    }

    static ObjectNode of(Project project) {
        ProjectSettings settings = project.settings();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", project.name());
        if (!settings.description().isEmpty()) {
            json.put("description", settings.description());
        }
        settings.sourceBytes().ifPresent(bytes -> json.put("sourceBytes", bytes));
        settings.artifactBytes().ifPresent(bytes -> json.put("artifactBytes", bytes));
        settings.timeoutSeconds().ifPresent(seconds -> json.put("timeoutSeconds", seconds));
        json.put("created", Times.text(project.created()));
        json.putObject("links").put("builds", "/projects/" + project.name() + "/builds");
        return json;
    }

    static ProjectSettings settings(JsonNode json) throws JsonBody.Unusable {
        return new ProjectSettings(
                JsonBody.text(json, "description", ""),
                JsonBody.count(json, "sourceBytes"),
                JsonBody.count(json, "artifactBytes"),
                JsonBody.count(json, "timeoutSeconds"));
    }
}
