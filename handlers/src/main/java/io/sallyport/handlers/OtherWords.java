package io.sallyport.handlers;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words of other tools that mean something here, too, and what is to be typed for them. */
final class OtherWords {
    private static final String ID = "ID";

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
            Map.entry("users", "GET /identities"));

    private OtherWords() {}

    /** What most likely was meant; a build's number behind the word is taken over. */
    static Optional<String> meant(List<String> words) {
        String number = words.size() > 1 && words.get(1).matches("[0-9]{1,18}") ? words.get(1) : ID;
        return Optional.ofNullable(MEANT.get(words.getFirst())).map(meant -> meant.replace(ID, number));
    }
}
