package io.sallyport.builds.spec;

import java.util.List;

/**
 * Which files of the workspace become artifacts.
 *
 * @param paths relative paths; {@code *} and {@code ?} match within a name, {@code **} across folders; a folder means
 *     everything in it
 */
public record ArtifactRules(List<String> paths) {
    /** Keeps nothing. */
    public static final ArtifactRules NONE = new ArtifactRules(List.of());
}
