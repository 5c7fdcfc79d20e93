package io.sallyport.builds;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How long a project keeps what its builds have left, where it does not do as the gateway's settings have it. Of days, 0
 * means for ever.
 *
 * @param artifactDays for artifacts whose job does not say
 * @param sourceDays for sources
 * @param logDays for logs
 * @param buildDays for builds as a whole, records and evidence too
 * @param keepSuccesses how many of the latest successes of each ref are kept however old they are, from 0
 * @param keepTags whether builds of tags are kept however old they are
 * @param bytes that the project may take in all; 0 for any number
 */
public record Keep(
        OptionalInt artifactDays,
        OptionalInt sourceDays,
        OptionalInt logDays,
        OptionalInt buildDays,
        OptionalInt keepSuccesses,
        Optional<Boolean> keepTags,
        OptionalLong bytes) {
    /** All as the gateway's settings have it. */
    public static final Keep USUAL = new Keep(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalLong.empty());

    /** The longest time that can be said, in days. */
    public static final int LONGEST = 100_000;

    /** The most successes that can be kept of each ref. */
    public static final int MOST_SUCCESSES = 10_000;
}
