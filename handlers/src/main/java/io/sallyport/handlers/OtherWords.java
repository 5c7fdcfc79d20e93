package io.sallyport.handlers;

import io.sallyport.builds.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words of other tools that mean something here, too, and what is to be typed for them. */
final class OtherWords {
    private static final String ID = "ID";
    private static final String PROJECT = "PROJECT";

    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("status", "show ID"),
            Map.entry("info", "show ID"),
            Map.entry("watch", "log ID -f"),
            Map.entry("tail", "log ID -f"),
            Map.entry("follow", "log ID -f"),
            Map.entry("stop", "cancel ID"),
            Map.entry("kill", "cancel ID"),
            Map.entry("abort", "cancel ID"),
            Map.entry("rerun", "retry ID"),
            Map.entry("rebuild", "retry ID"),
            Map.entry("restart", "retry ID"),
            Map.entry("artifact", "GET /builds/ID/artifacts"),
            Map.entry("artifacts", "GET /builds/ID/artifacts"),
            Map.entry("download", "GET /builds/ID/artifacts"),
            Map.entry("list", "ls"),
            Map.entry("ps", "ls"),
            Map.entry("builds", "ls"),
            Map.entry("projects", "GET /projects"),
            Map.entry("identities", "GET /identities"),
            Map.entry("users", "GET /identities"),
            Map.entry("groups", "GET /groups"),
            Map.entry("connections", "GET /connections"),
            Map.entry("metrics", "GET /metrics"),
            Map.entry("audit", "GET /audit"),
            Map.entry("retention", "POST /retention dry-run=true"),
            Map.entry("drain", "PUT /drain"),
            Map.entry("run", "submit PROJECT"),
            Map.entry("build", "submit PROJECT"),
            Map.entry("push", "submit PROJECT"),
            Map.entry("project", "GET /projects/PROJECT"),
            Map.entry("secrets", "GET /projects/PROJECT/secrets"),
            Map.entry("schedules", "GET /projects/PROJECT/schedules"),
            Map.entry("reports", "GET /projects/PROJECT/reports"),
            Map.entry("caches", "GET /projects/PROJECT/caches"),
            Map.entry("deploy-keys", "GET /projects/PROJECT/deploy-keys"),
            Map.entry("pause", "PUT /projects/PROJECT/pause"),
            Map.entry("resume", "DELETE /projects/PROJECT/pause"),
            Map.entry("pin", "PUT /builds/ID/pin"));

    private OtherWords() {}

    /** What most likely was meant; a build's number or a project's name behind the word is taken over. */
    static Optional<String> meant(List<String> words) {
        String next = words.size() > 1 ? words.get(1) : "";
        String number = next.matches("[0-9]{1,18}") ? next : ID;
        String project = Project.isName(next) ? next : PROJECT;
        return Optional.ofNullable(MEANT.get(words.getFirst()))
                .map(meant -> meant.replace(PROJECT, project).replace(ID, number));
    }
}
