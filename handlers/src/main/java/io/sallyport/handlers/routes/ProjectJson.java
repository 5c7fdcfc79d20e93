package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Keep;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import io.sallyport.handlers.Request;
import io.sallyport.keys.RefGlob;
import java.util.List;

/** Projects and their settings as JSON, and back. */
final class ProjectJson {
    static final List<String> FIELDS = List.of(
            "description",
            "sourceBytes",
            "artifactBytes",
            "timeoutSeconds",
            "defaultBranch",
            "protectedRefs",
            "weight",
            "jobsAtOnce",
            "queue",
            "keep");

    private static final int LONGEST_NAME = 256;
    private static final int MOST_REFS = 100;

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
        json.put("defaultBranch", settings.defaultBranch());
        if (!settings.protectedRefs().isEmpty()) {
            settings.protectedRefs().forEach(json.putArray("protectedRefs")::add);
        }
        json.put("weight", settings.weight());
        settings.jobsAtOnce().ifPresent(count -> json.put("jobsAtOnce", count));
        settings.queue().ifPresent(count -> json.put("queue", count));
        if (!settings.keep().equals(Keep.USUAL)) {
            KeepJson.describe(json.putObject("keep"), settings.keep());
        }
        project.paused().ifPresent(pause -> PauseJson.describe(json.putObject("paused"), pause));
        json.put("created", Times.text(project.created()));
        json.putObject("links").put("builds", "/projects/" + project.name() + "/builds");
        return json;
    }

    static ProjectSettings settings(JsonNode json) throws JsonBody.Unusable {
        return new ProjectSettings(
                JsonBody.text(json, "description", ""),
                JsonBody.count(json, "sourceBytes"),
                JsonBody.count(json, "artifactBytes"),
                JsonBody.count(json, "timeoutSeconds"),
                branch(JsonBody.text(json, "defaultBranch", ProjectSettings.USUAL_BRANCH)),
                refs(JsonBody.texts(json, "protectedRefs", MOST_REFS)),
                weight(JsonBody.count(json, "weight").orElse(1)),
                JsonBody.count(json, "jobsAtOnce"),
                JsonBody.count(json, "queue"),
                KeepJson.read(json.path("keep")));
    }

    private static String branch(String name) throws JsonBody.Unusable {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new JsonBody.Unusable("'defaultBranch' must be the name of a branch");
        }
        return name;
    }

    private static List<String> refs(List<String> globs) throws JsonBody.Unusable {
        for (String glob : globs) {
            if (RefGlob.parse(glob).isEmpty()) {
                throw new JsonBody.Unusable("'" + glob + "' in 'protectedRefs' names no branches or tags, such as main,"
                        + " v* or release/** do");
            }
        }
        return globs;
    }

    private static int weight(long weight) throws JsonBody.Unusable {
        if (weight > ProjectSettings.HEAVIEST) {
            throw new JsonBody.Unusable("'weight' must be a whole number from 1 to " + ProjectSettings.HEAVIEST);
        }
        return (int) weight;
    }
}
