package io.sallyport.builds;

import java.util.OptionalLong;

/**
 * What can be set for a project; what is absent is as the gateway's settings have it.
 *
 * @param description a line for people
 * @param sourceBytes the largest source accepted
 * @param artifactBytes the most that one build may leave
 * @param timeoutSeconds the longest a job may run
 */
public record ProjectSettings(
        String description, OptionalLong sourceBytes, OptionalLong artifactBytes, OptionalLong timeoutSeconds) {
    /** Nothing set. */
    public static final ProjectSettings DEFAULTS =
            new ProjectSettings("", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
