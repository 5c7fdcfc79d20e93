package io.sallyport.builds.executor.docker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which images jobs and services may use, and where they come from.
 *
 * @param usual of a job that names none; without it such a job is refused
 * @param allowed patterns, see {@link ImagePattern}; empty allows all
 * @param pull when one is fetched
 * @param credentials a file of Docker's own form ({@code config.json} with {@code auths}); read for each fetch
 */
public record ImageSettings(
        Optional<String> usual, List<ImagePattern> allowed, PullPolicy pull, Optional<Path> credentials) {
    /** All images, fetched when they are missing, without credentials. */
    public static final ImageSettings DEFAULT =
            new ImageSettings(Optional.empty(), List.of(), PullPolicy.MISSING, Optional.empty());

    /** Keeps the list from changing. */
    public ImageSettings {
        allowed = List.copyOf(allowed);
    }
}
