package io.sallyport.builds.schedule;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a maintainer says about a schedule.
 *
 * @param cron when it is due
 * @param ref of its builds, and of those whose source they take; empty for builds that were submitted without one
 * @param variables given to the script
 * @param spec the file of the source to read as spec; empty as the build has it whose source is taken
 * @param from which build's source is taken
 * @param enabled whether it is ever due
 */
public record ScheduleSettings(
        Cron cron,
        Optional<String> ref,
        SortedMap<String, String> variables,
        Optional<String> spec,
        SourceOf from,
        boolean enabled) {
    /** Keeps the map from changing. */
    public ScheduleSettings {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }
}
