package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.executor.Node;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A machine of a Swarm, as a manager tells it.
 *
 * @param id in the Swarm
 * @param hostname its own name
 * @param address by which the Swarm reaches it, without a port
 * @param state {@code ready}, {@code down}, {@code unknown} or {@code disconnected}
 * @param availability {@code active}, {@code pause} or {@code drain}: what its operators want
 * @param words why it is not ready; may be empty
 * @param labels that its Swarm's operators have given it
 */
record SwarmNode(
        String id,
        String hostname,
        String address,
        String state,
        String availability,
        String words,
        Map<String, String> labels) {
    private static final String DOWN = "down";
    private static final String READY = "ready";
    private static final String ACTIVE = "active";
    private static final String DRAIN = "drain";

    static SwarmNode of(JsonNode json) {
        Map<String, String> labels = new TreeMap<>();
        json.path("Spec")
                .path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        JsonNode status = json.path("Status");
        return new SwarmNode(
                json.path("ID").asText(),
                json.path("Description").path("Hostname").asText(),
                status.path("Addr").asText(),
                status.path("State").asText(),
                json.path("Spec").path("Availability").asText(),
                status.path("Message").asText(),
                labels);
    }

    /**
     * As everybody may know it.
     *
     * @param jobs that are there now
     */
    Node told(int jobs) {
        Set<String> tags = new TreeSet<>();
        labels.forEach((name, value) -> {
            if (name.startsWith(ServiceDescription.TAG) && value.equals("true")) {
                tags.add(name.substring(ServiceDescription.TAG.length()));
            }
        });
        if (!state.equals(READY)) {
            return new Node(hostname, Node.State.DOWN, words.isEmpty() ? "it is " + state : words, tags, jobs);
        }
        return availability.equals(ACTIVE)
                ? new Node(hostname, Node.State.READY, "", tags, jobs)
                : new Node(hostname, Node.State.DRAINING, "its availability is " + availability, tags, jobs);
    }

    /** Whether the Swarm has given it up; one whose state is not known, after a change of managers, may well be there. */
    boolean isDown() {
        return state.equals(DOWN);
    }

    /** Whether its operators want nothing to run there. */
    boolean isDrained() {
        return availability.equals(DRAIN);
    }

    /** What is said of it when it is down. */
    String whyDown() {
        return "the node " + hostname + " is " + state + (words.isEmpty() ? "" : ": " + words);
    }
}
