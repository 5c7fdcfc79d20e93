package io.sallyport.client.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Short forms of the gateway that are no commands of sally's so far, and what does the same. */
final class GatewayWords {
    private static final String ID = "ID";

    private static final Map<String, String> REQUESTS = Map.of(
            "queue", "top",
            "whoami", "api GET /whoami",
            "start", "api POST /builds/ID/start job=JOB",
            "artifacts", "get ID",
            "projects", "api GET /projects",
            "metrics", "api GET /metrics",
            "audit", "api GET /audit");

    private GatewayWords() {}

    /** The command to give instead; a build's number behind the word is taken over. */
    static Optional<String> instead(List<String> words) {
        String id = words.size() > 1 && words.get(1).matches("[0-9]{1,18}") ? words.get(1) : ID;
        return Optional.ofNullable(REQUESTS.get(words.getFirst())).map(request -> "sally " + request.replace(ID, id));
    }
}
