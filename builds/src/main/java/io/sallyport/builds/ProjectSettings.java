package io.sallyport.builds;

import java.util.List;
import java.util.OptionalLong;

/**
 * What can be set for a project; what is absent is as the gateway's settings have it.
 *
 * @param description a line for people
 * @param sourceBytes the largest source accepted
 * @param artifactBytes the most that one build may leave
 * @param timeoutSeconds the longest a job may run
 * @param defaultBranch the branch that a build is of when its submitter names none
 * @param protectedRefs globs of branches and tags whose builds are trusted; only maintainers may submit to them
 * @param weight of its share when projects compete for places, from 1; twice the weight is twice the places
 * @param jobsAtOnce the most of its jobs that run at the same time
 * @param queue the most of its builds that may wait
 * @param keep how long what its builds have left is kept
 */
public record ProjectSettings(
        String description,
        OptionalLong sourceBytes,
        OptionalLong artifactBytes,
        OptionalLong timeoutSeconds,
        String defaultBranch,
        List<String> protectedRefs,
        int weight,
        OptionalLong jobsAtOnce,
        OptionalLong queue,
        Keep keep) {
    /** The usual name of a default branch. */
    public static final String USUAL_BRANCH = "main";

    /** The largest weight. */
    public static final int HEAVIEST = 1000;

    /** Nothing set. */
    public static final ProjectSettings DEFAULTS = new ProjectSettings(
            "",
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            USUAL_BRANCH,
            List.of(),
            1,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Keep.USUAL);

    /** Keeps the list from changing. */
    public ProjectSettings {
        protectedRefs = List.copyOf(protectedRefs);
    }
}
