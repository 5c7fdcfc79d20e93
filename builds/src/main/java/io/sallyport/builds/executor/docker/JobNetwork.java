package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private network of a job, and the services on it. A job that has neither services nor the network gets none at
 * all.
 */
final class JobNetwork {
    /** What the engine calls having none. */
    static final String NONE = "none";

    private static final Logger LOG = LoggerFactory.getLogger(JobNetwork.class);
    private static final int WORDS = 500;

    private final DockerEngine engine;
    private final String id;
    private final List<Service> services = new ArrayList<>();

    private JobNetwork(DockerEngine engine, String id) {
        this.engine = engine;
        this.id = id;
    }

    private record Service(String called, Container container) {}

    /** What is needed to make one. */
    record Maker(DockerEngine engine, DockerSettings settings, Images images) {
        /**
         * Makes a network as the job needs it, and starts its services.
         *
         * @param name nobody else has
         * @throws IOException when that cannot be; nothing is left then
         */
        JobNetwork make(JobOrder order, String name) throws IOException, InterruptedException {
            List<Work.Service> wanted = order.job().work().services();
            if (wanted.isEmpty() && !settings.network()) {
                return none(engine);
            }
            List<Images.Found> found = new ArrayList<>();
            for (Work.Service service : wanted) {
                found.add(images.find(
                        engine, user(service), Optional.of(service.image().name())));
            }
            JobNetwork network = new JobNetwork(engine, create(order, name));
            boolean done = false;
            try {
                for (int i = 0; i < wanted.size(); i++) {
                    network.services.add(start(order, wanted.get(i), found.get(i), network.id, name + "-" + i));
                }
                done = true;
                return network;
            } finally {
                if (!done) {
                    network.remove();
                }
            }
        }

        private String create(JobOrder order, String name) throws EngineException, InterruptedException {
            return Objects.requireNonNull(engine.make(
                            DockerEngine.NETWORKS,
                            name,
                            () -> engine.ask(
                                    "make a network",
                                    client -> client.createNetworkCmd()
                                            .withName(name)
                                            .withDriver("bridge")
                                            .withInternal(!settings.network())
                                            .withCheckDuplicate(true)
                                            .withLabels(Labels.of(settings.gateway(), order, Labels.NETWORK_ROLE))))
                    .getId());
        }

        private Service start(JobOrder order, Work.Service service, Images.Found image, String network, String name)
                throws IOException, InterruptedException {
            String called = called(service);
            Container container = new Container(
                    engine,
                    engine.make(
                                    DockerEngine.CONTAINERS,
                                    name,
                                    () -> engine.ask("make " + called, client -> {
                                        CreateContainerCmd command = client.createContainerCmd(image.id())
                                                .withName(name)
                                                .withLabels(Labels.of(settings.gateway(), order, Labels.SERVICE_ROLE))
                                                .withEnv(environment(order, service))
                                                .withAliases(List.copyOf(aliases(service)))
                                                .withHostConfig(new Containment(settings).service(network));
                                        service.image().entrypoint().ifPresent(command::withEntrypoint);
                                        service.command().ifPresent(command::withCmd);
                                        return command;
                                    }))
                            .getId());
            boolean done = false;
            try {
                container.start(called);
                done = true;
                return new Service(called, container);
            } catch (EngineException e) {
                Optional<StartRefusal> refusal = StartRefusal.of(String.valueOf(e.getMessage()));
                if (refusal.isEmpty()) {
                    throw e;
                }
                throw new IOException(
                        called + " cannot be started: " + refusal.get().words(), e);
            } finally {
                if (!done) {
                    container.removeOrLog();
                }
            }
        }

        /** The job's own variables, as far as anybody may see them, and the service's on top; both are expanded. */
        static List<String> environment(JobOrder order, Work.Service service) {
            Map<String, String> all = new TreeMap<>(order.environment());
            service.variables().forEach((name, variable) -> all.put(name, variable.value()));
            return all.entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .toList();
        }
    }

    /** A service in words: by its image, and the first name that the job has given it. */
    static String called(Work.Service service) {
        String alias =
                service.aliases().isEmpty() ? "" : " (" + service.aliases().getFirst() + ")";
        return "the service " + service.image().name() + alias;
    }

    /** A service in words where the image is named anyhow. */
    static String user(Work.Service service) {
        return service.aliases().isEmpty()
                ? "a service"
                : "the service " + service.aliases().getFirst();
    }

    /** The names by which a job reaches a service: those it asks for, and those that GitLab makes of its image. */
    static Set<String> aliases(Work.Service service) {
        Set<String> aliases = new LinkedHashSet<>(service.aliases());
        String name = service.image().name();
        int at = name.indexOf('@');
        String plain = at < 0 ? name : name.substring(0, at);
        int colon = plain.indexOf(':', plain.lastIndexOf('/') + 1);
        plain = (colon < 0 ? plain : plain.substring(0, colon)).replace(':', '-');
        aliases.add(plain.replace("/", "__"));
        aliases.add(plain.replace("/", "-"));
        return aliases;
    }

    /** That of a job that has none. */
    static JobNetwork none(DockerEngine engine) {
        return new JobNetwork(engine, NONE);
    }

    /** One that an earlier gateway has made, with the services on it. */
    static JobNetwork left(DockerEngine engine, Optional<String> id, Map<String, Container> services) {
        JobNetwork network = new JobNetwork(engine, id.orElse(NONE));
        services.forEach((image, container) -> network.services.add(new Service("the service " + image, container)));
        return network;
    }

    /** What the engine calls it. */
    String id() {
        return id;
    }

    /** Says which services do not run any more, with the last that they have said. */
    void tellOfEnded(JobOutput output) throws IOException, InterruptedException {
        for (Service service : services) {
            tellOfEnded(service.called, service.container, output);
        }
    }

    /** Says it of the container of one. */
    static void tellOfEnded(String called, Container container, JobOutput output)
            throws IOException, InterruptedException {
        Container.State state = container.state();
        if (!state.running()) {
            output.system("WARNING: " + called + " has ended with " + state.code() + words(container));
        }
    }

    private static String words(Container container) {
        StringBuilder words = new StringBuilder();
        try (InputStream logs = container.logs()) {
            new Frames(logs, (stream, bytes) -> {
                        words.append(StandardCharsets.UTF_8.decode(bytes));
                        words.delete(0, Math.max(0, words.length() - WORDS));
                    })
                    .handOver();
        } catch (IOException e) {
            LOG.debug("a service's last words cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String said = words.toString().strip();
        return said.isEmpty() ? "" : ": " + said;
    }

    /** Removes the services and the network; failures are logged. */
    void remove() {
        services.forEach(service -> service.container.removeOrLog());
        if (!id.equals(NONE)) {
            removeNetwork(engine, id);
        }
    }

    /** Removes a network; when that cannot be done now, it is as soon as it can. */
    static void removeNetwork(DockerEngine engine, String id) {
        engine.removals().remove("network " + id, () -> engine.remove(DockerEngine.NETWORKS, id));
    }
}
