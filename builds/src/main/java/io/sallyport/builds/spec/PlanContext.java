package io.sallyport.builds.spec;

import io.sallyport.builds.spec.files.SourceFiles;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a spec is read for.
 *
 * @param predefined what the gateway says of the build: {@code CI_*} of its ref, commit, project and origin
 * @param given variables of the submitter, as they are; stronger than the spec's
 * @param files of the source
 * @param bounds of what it may ask for
 */
public record PlanContext(Map<String, String> predefined, Map<String, String> given, SourceFiles files, Bounds bounds) {
    /** Keeps the maps from changing. */
    public PlanContext {
        predefined = Collections.unmodifiableMap(new LinkedHashMap<>(predefined));
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    /**
     * Bounds of plans.
     *
     * @param timeout of a job that has none of its own; at most the longest is given
     * @param longestTimeout that a job may have, at least one second
     * @param jobs that a plan may have, from 1
     */
    public record Bounds(Duration timeout, Duration longestTimeout, int jobs) {
        /** Refuses what bounds nothing. */
        public Bounds {
            if (!timeout.isPositive() || longestTimeout.compareTo(Duration.ofSeconds(1)) < 0 || jobs < 1) {
                throw new IllegalArgumentException("bounds " + timeout + ", " + longestTimeout + ", " + jobs);
            }
            timeout = timeout.compareTo(longestTimeout) > 0 ? longestTimeout : timeout;
        }
    }
}
