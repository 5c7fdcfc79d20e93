package io.sallyport.builds.retention;

import io.sallyport.builds.Keep;

/**
 * How long what builds have left is kept. Of days, 0 means for ever.
 *
 * @param artifactDays for artifacts whose job does not say
 * @param sourceDays for sources
 * @param logDays for logs
 * @param buildDays for builds as a whole
 * @param keepSuccesses how many of the latest successes of each ref are kept however old they are
 * @param keepTags whether builds of tags are kept however old they are
 * @param bytes that a project may take in all; 0 for any number
 */
public record KeepRules(
        int artifactDays, int sourceDays, int logDays, int buildDays, int keepSuccesses, boolean keepTags, long bytes) {
    /** The same rules, but for what a project has of its own. */
    public KeepRules of(Keep own) {
        return new KeepRules(
                own.artifactDays().orElse(artifactDays),
                own.sourceDays().orElse(sourceDays),
                own.logDays().orElse(logDays),
                own.buildDays().orElse(buildDays),
                own.keepSuccesses().orElse(keepSuccesses),
                own.keepTags().orElse(keepTags),
                own.bytes().orElse(bytes));
    }
}
