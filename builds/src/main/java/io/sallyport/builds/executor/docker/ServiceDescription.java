package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.plan.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a Swarm is asked for (Docker Engine API 1.41, ServiceCreate): the client library's own model of it lacks some of what
 * keeps a container in its bounds. Each service is one container, which is never started again.
 */
final class ServiceDescription {
    /** How a tag of a job's is written as a label of a node. */
    static final String TAG = "io.sallyport.tag.";

    private static final int FILES_BYTES = 4 << 20;
    private static final int OPEN_TO_ALL = 01777;
    private static final double NANOS = 1e9;

    private final SwarmSettings settings;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final ObjectNode task = json.putObject("TaskTemplate");
    private final ObjectNode container = task.putObject("ContainerSpec");

    private ServiceDescription(
            SwarmSettings settings, String name, Map<String, String> labels, String image, List<String> constraints) {
        this.settings = settings;
        json.put("Name", name);
        labels(json, labels);
        json.putObject("Mode").putObject("Replicated").put("Replicas", 1);
        json.putObject("EndpointSpec").put("Mode", "dnsrr");
        labels(container, labels);
        container.put("Image", image);
        container.put("StopGracePeriod", 0);
        container.putArray("CapabilityDrop").add("ALL");
        task.putObject("RestartPolicy").put("Condition", "none");
        task.putObject("Placement").set("Constraints", texts(constraints));
        logs();
        bounds();
    }

    /** That of a job's container, which lasts. */
    static ObjectNode job(
            SwarmSettings settings,
            JobOrder order,
            String name,
            Map<String, String> labels,
            String image,
            String network) {
        List<String> constraints = new ArrayList<>(settings.constraints());
        order.job().work().tags().forEach(tag -> constraints.add("node.labels." + TAG + tag + "==true"));
        ServiceDescription description = new ServiceDescription(settings, name, labels, image, constraints);
        description.container.put("User", settings.docker().user().toString());
        description.container.put("OpenStdin", true);
        description.run(
                order.job().work().image().flatMap(Work.Image::entrypoint).orElse(null), LastingProcess.command());
        ArrayNode mounts = description.container.putArray("Mounts");
        memory(mounts, ContainerPlaces.FILES, FILES_BYTES);
        memory(mounts, "/dev/shm", settings.docker().container().sharedMemoryBytes());
        description.attach(network, List.of());
        return description.json;
    }

    /** That of a service beside it. */
    static ObjectNode service(
            SwarmSettings settings,
            JobOrder order,
            Work.Service service,
            String name,
            Map<String, String> labels,
            String image,
            String network) {
        ServiceDescription description = new ServiceDescription(settings, name, labels, image, settings.constraints());
        description.container.set("CapabilityAdd", texts(settings.docker().serviceCapabilities()));
        description.container.set("Env", texts(JobNetwork.Maker.environment(order, service)));
        service.image().entrypoint().ifPresent(words -> description.container.set("Command", texts(words)));
        service.command().ifPresent(words -> description.container.set("Args", texts(words)));
        memory(
                description.container.putArray("Mounts"),
                "/dev/shm",
                settings.docker().container().sharedMemoryBytes());
        description.attach(network, JobNetwork.aliases(service));
        return description.json;
    }

    /** An entrypoint that is taken away is replaced by the program itself. */
    private void run(@org.jspecify.annotations.Nullable List<String> entrypoint, List<String> program) {
        if (entrypoint == null) {
            container.set("Args", texts(program));
        } else if (entrypoint.isEmpty() || entrypoint.equals(List.of(""))) {
            container.set("Command", texts(program));
        } else {
            container.set("Command", texts(entrypoint));
            container.set("Args", texts(program));
        }
    }

    private void attach(String network, Collection<String> aliases) {
        ObjectNode attachment = task.putArray("Networks").addObject();
        attachment.put("Target", network);
        attachment.set("Aliases", texts(aliases));
    }

    private void logs() {
        ObjectNode driver = task.putObject("LogDriver");
        driver.put("Name", Containment.LOG_DRIVER);
        Containment.logOptions(settings.docker().container()).forEach(driver.putObject("Options")::put);
    }

    private void bounds() {
        ContainerLimits limits = settings.docker().container();
        ObjectNode resources = task.putObject("Resources");
        ObjectNode most = resources.putObject("Limits");
        most.put("MemoryBytes", limits.memoryBytes());
        most.put("NanoCPUs", limits.nanoCpus());
        most.put("Pids", limits.processes());
        ObjectNode least = resources.putObject("Reservations");
        least.put("MemoryBytes", settings.reserved().memoryBytes());
        least.put("NanoCPUs", Math.round(settings.reserved().cpus() * NANOS));
    }

    private static void memory(ArrayNode mounts, String place, long bytes) {
        ObjectNode mount = mounts.addObject();
        mount.put("Type", "tmpfs");
        mount.put("Target", place);
        mount.putObject("TmpfsOptions").put("SizeBytes", bytes).put("Mode", OPEN_TO_ALL);
    }

    private static void labels(ObjectNode of, Map<String, String> labels) {
        labels.forEach(of.putObject("Labels")::put);
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
