package io.sallyport.builds.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One job as the spec asks for it.
 *
 * @param name of the job, unique in its plan
 * @param stage it belongs to
 * @param image the container image, for executors that use one
 * @param script shell commands, run in order until one fails
 * @param variables of the environment, in the order written
 * @param artifacts what is kept after the script
 * @param timeout the longest the job may run
 */
public record JobSpec(
        String name,
        String stage,
        Optional<String> image,
        List<String> script,
        Map<String, String> variables,
        ArtifactRules artifacts,
        Duration timeout) {}
