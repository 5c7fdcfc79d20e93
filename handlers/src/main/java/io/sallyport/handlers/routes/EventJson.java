package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.event.Event;
import io.sallyport.builds.event.EventType;
import io.sallyport.handlers.Plain;
import java.util.List;
import java.util.Set;

/** Events as JSON, and as a line for people. What is absent is left out. */
final class EventJson {
    private static final String STATE = "state";

    private static final List<Plain.Column> COLUMNS = List.of(
            new Plain.Column("time", 20),
            new Plain.Column("type", 18),
            new Plain.Column("project", 12),
            new Plain.Column("build", 4),
            new Plain.Column("job", 6),
            new Plain.Column(STATE, 9),
            new Plain.Column("by", 8));

    private static final Set<String> FOR_PROGRAMS = Set.of("seq", "links", "cursor");

    private EventJson() {}

    static ObjectNode of(Event event, long number, String cursor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("seq", number);
        json.put("time", Times.text(event.time()));
        json.put("type", event.topic().type().label());
        if (!event.topic().project().isEmpty()) {
            json.put("project", event.topic().project());
        }
        event.build().ifPresent(build -> json.put("build", build));
        event.job().ifPresent(job -> json.put("job", job));
        JsonNode state = event.facts().get(STATE);
        if (state != null) {
            json.set(STATE, state);
        }
        event.by().ifPresent(who -> json.put("by", who));
        event.facts().properties().forEach(fact -> json.putIfAbsent(fact.getKey(), fact.getValue()));
        links(json, event);
        return json.put("cursor", cursor);
    }

    static String line(JsonNode event) {
        return Plain.record(event, COLUMNS, FOR_PROGRAMS);
    }

    private static void links(ObjectNode json, Event event) {
        ObjectNode links = JsonNodeFactory.instance.objectNode();
        String project = event.topic().project();
        if (event.build().isPresent()) {
            String build = "/builds/" + event.build().getAsLong();
            links.put("build", build).put("log", build + "/log");
        } else if (!project.isEmpty() && event.topic().type() != EventType.PROJECT_REMOVED) {
            links.put("project", "/projects/" + project);
        }
        switch (event.topic().type()) {
            case DEPLOY_KEY_ADDED, DEPLOY_KEY_CHANGED ->
                links.put("deployKeys", "/projects/" + project + "/deploy-keys");
            case SCHEDULE_CREATED, SCHEDULE_CHANGED, SCHEDULE_REMOVED, SCHEDULE_SKIPPED, SCHEDULE_PAUSED ->
                links.put("schedules", "/projects/" + project + "/schedules");
            case REPORT_CREATED, REPORT_CHANGED, REPORT_REMOVED, REPORT_FAILED ->
                links.put("reports", "/projects/" + project + "/reports");
            case IDENTITY_CREATED, IDENTITY_CHANGED, KEY_ADDED, KEY_REMOVED ->
                links.put(
                        "identity",
                        "/identities/" + event.facts().path("identity").asText());
            case GROUP_CREATED, GROUP_CHANGED ->
                links.put("group", "/groups/" + event.facts().path("group").asText());
            case AUTHORITY_ADDED, AUTHORITY_CHANGED -> links.put("authorities", "/cas");
            case REVOCATIONS_CHANGED -> links.put("revocations", "/revocations");
            case BUILD_QUEUED,
                    BUILD_REQUEUED,
                    BUILD_STARTED,
                    BUILD_CANCELING,
                    BUILD_ENDED,
                    BUILD_PINNED,
                    BUILD_UNPINNED,
                    RETENTION_REMOVED,
                    JOB_WAITING,
                    JOB_STARTED,
                    JOB_ENDED,
                    SHELL_OPENED,
                    SHELL_CLOSED,
                    PROJECT_CREATED,
                    PROJECT_CHANGED,
                    PROJECT_PAUSED,
                    PROJECT_RESUMED,
                    PROJECT_REMOVED,
                    GATEWAY_DRAINING,
                    GATEWAY_RESUMED,
                    NODE_READY,
                    NODE_LEFT,
                    DEPLOY_KEY_REMOVED,
                    IDENTITY_REMOVED,
                    GROUP_REMOVED,
                    AUTHORITY_REMOVED,
                    CERTIFICATE_ISSUED,
                    CONNECTION_ENDED,
                    LIMIT_REACHED -> {}
        }
        if (!links.isEmpty()) {
            json.set("links", links);
        }
    }
}
