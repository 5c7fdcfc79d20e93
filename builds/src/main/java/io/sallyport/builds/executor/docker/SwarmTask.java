package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The one task of a service, as a manager tells it.
 *
 * @param id in the Swarm
 * @param service whose it is
 * @param state that it is in
 * @param wanted whether the Swarm still wants it to run
 * @param words of the Swarm's on its state
 * @param node its id; empty when it has none
 * @param container its id; empty when it has none
 */
record SwarmTask(String id, String service, State state, boolean wanted, String words, String node, String container) {
    /** How far it has come, as far as anybody cares. */
    enum State {
        /** It has no node. */
        WAITING,
        /** It has a node, which fetches the image and makes the container. */
        STARTING,
        RUNNING,
        /** Its container has run, and does not run any more. */
        ENDED,
        /** It has no container that ever ran, or none that is left. */
        FAILED
    }

    /** How an engine says that a container has ended by itself, and not with 0. */
    private static final String ENDED = "task: non-zero exit";

    private static final Set<String> WANTED = Set.of("new", "ready", "running");

    static SwarmTask of(JsonNode json) {
        JsonNode status = json.path("Status");
        String error = status.path("Err").asText();
        return new SwarmTask(
                json.path("ID").asText(),
                json.path("ServiceID").asText(),
                state(status.path("State").asText(), error),
                WANTED.contains(json.path("DesiredState").asText()),
                error.isEmpty() ? status.path("Message").asText() : error,
                json.path("NodeID").asText(),
                status.path("ContainerStatus").path("ContainerID").asText());
    }

    /** Whether nothing of it runs any more. */
    boolean isOver() {
        return state == State.ENDED || state == State.FAILED;
    }

    private static State state(String name, String error) {
        return switch (name) {
            case "new", "allocated", "pending" -> State.WAITING;
            case "assigned", "accepted", "preparing", "ready", "starting" -> State.STARTING;
            case "running" -> State.RUNNING;
            case "complete" -> State.ENDED;
            case "failed" -> error.startsWith(ENDED) ? State.ENDED : State.FAILED;
            default -> State.FAILED; // rejected, shutdown, remove, orphaned, and what newer engines may add
        };
    }
}
