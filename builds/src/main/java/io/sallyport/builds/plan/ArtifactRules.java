package io.sallyport.builds.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which files of the workspace become artifacts.
 *
 * @param paths relative paths; {@code *} and {@code ?} match within a name, {@code **} across folders; a folder means
 *     everything in it; variables not expanded
 * @param exclude paths of the same kind that are left out of these, by the file's own path: a folder alone leaves out
 *     nothing, {@code folder/**} what is in it
 * @param untracked whether all files are kept that were not in the source
 * @param when after which end of the script
 * @param name of the archive, as written; shown and nothing else
 * @param expireIn how long they are kept at least; empty as the project has it; {@link #FOR_EVER} at most
 */
public record ArtifactRules(
        List<String> paths,
        List<String> exclude,
        boolean untracked,
        KeepWhen when,
        Optional<String> name,
        Optional<Duration> expireIn) {
    /** A thousand years: what is never to expire. */
    public static final Duration FOR_EVER = Duration.ofDays(365_000);

    /** Keeps nothing. */
    public static final ArtifactRules NONE = of(List.of());

    /** Keeps the lists from changing. */
    public ArtifactRules {
        paths = List.copyOf(paths);
        exclude = List.copyOf(exclude);
    }

    /** Keeps these paths when the script has succeeded. */
    public static ArtifactRules of(List<String> paths) {
        return new ArtifactRules(paths, List.of(), false, KeepWhen.ON_SUCCESS, Optional.empty(), Optional.empty());
    }

    /** Whether there is nothing to be kept, however the script ends. */
    public boolean isEmpty() {
        return paths.isEmpty() && !untracked;
    }
}
