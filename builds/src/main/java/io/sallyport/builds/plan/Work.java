package io.sallyport.builds.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job does.
 *
 * @param image the container image, for executors that use one
 * @param services containers beside it, for executors that have them
 * @param script shell commands, run in order by one shell until one fails; {@code before_script} first
 * @param afterScript shell commands of a shell of their own that changes nothing about the result
 * @param variables of the environment, in the order written
 * @param timeout the longest the script may run
 * @param tags that a place to run it must have
 * @param ports of the job that may be reached while it runs
 */
public record Work(
        Optional<Image> image,
        List<Service> services,
        List<String> script,
        List<String> afterScript,
        Map<String, Variable> variables,
        Duration timeout,
        List<String> tags,
        List<Integer> ports) {
    /** Keeps the collections from changing. */
    public Work {
        services = List.copyOf(services);
        script = List.copyOf(script);
        afterScript = List.copyOf(afterScript);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        tags = List.copyOf(tags);
        ports = List.copyOf(ports);
    }

    /** A script and nothing else. */
    public static Work of(List<String> script, Duration timeout) {
        return new Work(Optional.empty(), List.of(), script, List.of(), Map.of(), timeout, List.of(), List.of());
    }

    /**
     * A container image.
     *
     * @param name as written, variables not expanded
     * @param entrypoint in place of the image's own; empty for that
     */
    public record Image(String name, Optional<List<String>> entrypoint) {}

    /**
     * A container that runs beside a job.
     *
     * @param image it runs
     * @param aliases names by which the job reaches it, besides those made from the image's name
     * @param command in place of the image's own
     * @param variables of its environment, besides the job's
     */
    public record Service(
            Image image, List<String> aliases, Optional<List<String>> command, Map<String, Variable> variables) {}

    /**
     * The value of a variable.
     *
     * @param value as written
     * @param expand whether {@code $NAME} and {@code ${NAME}} in it stand for other variables
     */
    public record Variable(String value, boolean expand) {
        /** A value whose references are expanded, which is usual. */
        public static Variable of(String value) {
            return new Variable(value, true);
        }
    }
}
