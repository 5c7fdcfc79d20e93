package io.sallyport.gateway.checkup;

import io.sallyport.builds.executor.process.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is around the gateway, as far as it matters to how builds are confined.
 *
 * @param container whether the gateway is in one, where bubblewrap as a rule may not make sandboxes
 * @param required whether a sandbox is needed where the settings leave that open
 */
public record Surroundings(boolean container, boolean required) {
    /** Set to {@code required} by the image: see {@link #sandbox}. */
    private static final String SANDBOX = "SALLYPORT_SANDBOX";
    /** The name by which systemd, Podman and our image tell what is in them that it is. */
    private static final String CONTAINER = "container";

    private static final List<Path> MARKS = List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"));

    /** Of this program. */
    public static Surroundings here() {
        return of(System.getenv(), MARKS);
    }

    static Surroundings of(Map<String, String> environment, List<Path> marks) {
        return new Surroundings(
                !environment.getOrDefault(CONTAINER, "").isEmpty()
                        || marks.stream().anyMatch(Files::exists),
                environment.getOrDefault(SANDBOX, "").equals("required"));
    }

    /** What the setting {@code builds.sandbox} comes to here: where a sandbox is required, none is no second best. */
    public Sandbox sandbox(Sandbox set) {
        return required && set == Sandbox.AUTO ? Sandbox.REQUIRED : set;
    }

    /** What to do where no sandbox works. */
    public String advice() {
        return container
                ? "in a container builds belong on an engine or a Swarm: set builds.executor to docker or swarm, and"
                        + " docker.host, see docs/deployment.md"
                : "install bubblewrap, see docs/sandbox.md";
    }
}
