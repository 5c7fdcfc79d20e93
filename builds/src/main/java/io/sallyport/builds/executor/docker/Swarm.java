package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.dockerjava.api.model.AuthConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A Swarm, as one of its managers tells it. Any thread; what fails throws {@link EngineException}.
 *
 * @param manager its engine
 */
record Swarm(DockerEngine manager) {
    private static final Duration IN_USE = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMillis(50);

    /**
     * A service or a network that is there.
     *
     * @param id in the Swarm
     * @param labels of its maker's
     */
    record Made(String id, Map<String, String> labels) {}

    /** Makes a service, and tells its id. */
    String createService(JsonNode description, Optional<AuthConfig> auth) throws EngineException, InterruptedException {
        return manager.make(
                        DockerEngine.SERVICES,
                        description.path("Name").asText(),
                        () -> manager.post("make a service", "/services/create", description, auth))
                .path("ID")
                .asText();
    }

    /** Makes a network across nodes, and tells its id. */
    String createNetwork(String name, boolean internal, Map<String, String> labels)
            throws EngineException, InterruptedException {
        var description = JsonNodeFactory.instance.objectNode();
        description.put("Name", name);
        description.put("Driver", "overlay");
        description.put("Internal", internal);
        description.put("CheckDuplicate", true);
        labels.forEach(description.putObject("Labels")::put);
        return manager.make(
                        DockerEngine.NETWORKS,
                        name,
                        () -> manager.post("make a network", "/networks/create", description, Optional.empty()))
                .path("Id")
                .asText();
    }

    /** The services with a gateway's label. */
    List<Made> services(String gateway) throws EngineException, InterruptedException {
        return all(
                "list services",
                "/services?filters=" + labelled(gateway),
                each -> new Made(
                        each.path("ID").asText(), labels(each.path("Spec").path("Labels"))));
    }

    /** The networks with a gateway's label. */
    List<Made> networks(String gateway) throws EngineException, InterruptedException {
        return all(
                "list networks",
                "/networks?filters=" + labelled(gateway),
                each -> new Made(each.path("Id").asText(), labels(each.path("Labels"))));
    }

    /** The tasks of all services with a gateway's label. */
    List<SwarmTask> tasks(String gateway) throws EngineException, InterruptedException {
        return all("list tasks", "/tasks?filters=" + labelled(gateway), SwarmTask::of);
    }

    /** The task of a service; empty when the Swarm has not made it yet. */
    Optional<SwarmTask> task(String service) throws EngineException, InterruptedException {
        return all("look at the job's task", "/tasks?filters=" + filter("service", service), SwarmTask::of).stream()
                .findFirst();
    }

    List<SwarmNode> nodes() throws EngineException, InterruptedException {
        return all("list nodes", "/nodes", SwarmNode::of);
    }

    SwarmNode node(String id) throws EngineException, InterruptedException {
        return SwarmNode.of(manager.document("look at the node", "/nodes/" + id));
    }

    /** Removes a service, as soon as that can be; its containers follow by and by. */
    void removeService(String id) {
        manager.removals().remove("service " + id, () -> manager.remove(DockerEngine.SERVICES, id));
    }

    /** Removes a network: waits for the services on it to be really gone, but not for ever, and not for a Swarm that is away. */
    void removeNetwork(String id) {
        long deadline = System.nanoTime() + IN_USE.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                try {
                    manager.remove(DockerEngine.NETWORKS, id);
                    return;
                } catch (EngineException e) {
                    deadline = e.status() == EngineException.NONE ? System.nanoTime() : deadline;
                }
                Thread.sleep(AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        manager.removals().remove("network " + id, () -> manager.remove(DockerEngine.NETWORKS, id));
    }

    private <T> List<T> all(String what, String path, Function<JsonNode, T> reading)
            throws EngineException, InterruptedException {
        List<T> found = new ArrayList<>();
        manager.document(what, path).forEach(each -> found.add(reading.apply(each)));
        return found;
    }

    private static Map<String, String> labels(JsonNode json) {
        Map<String, String> labels = new TreeMap<>();
        json.properties()
                .forEach(each -> labels.put(each.getKey(), each.getValue().asText()));
        return labels;
    }

    private static String labelled(String gateway) {
        return filter("label", Labels.GATEWAY + "=" + gateway);
    }

    private static String filter(String name, String value) {
        var filters = JsonNodeFactory.instance.objectNode();
        filters.putArray(name).add(value);
        return URLEncoder.encode(filters.toString(), StandardCharsets.UTF_8);
    }
}
