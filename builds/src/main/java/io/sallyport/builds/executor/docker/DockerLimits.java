package io.sallyport.builds.executor.docker;

import java.time.Duration;

/**
 * How long an engine may take, and how many files are handled.
 *
 * @param call for one request to the engine, besides what moves files or fetches images
 * @param transfer for moving a workspace into a container or files out of it
 * @param pull for fetching one image
 * @param artifactFiles kept of one job; more fail the collection
 * @param workspaceFiles files and folders looked at in a workspace, or put into it at once; more fail that
 */
public record DockerLimits(Duration call, Duration transfer, Duration pull, int artifactFiles, int workspaceFiles) {
    /** A minute for a request, half an hour for files and for an image, 10,000 artifacts among 500,000 entries. */
    public static final DockerLimits DEFAULT =
            new DockerLimits(Duration.ofMinutes(1), Duration.ofMinutes(30), Duration.ofMinutes(30), 10_000, 500_000);

    /** Refuses what makes no sense. */
    public DockerLimits {
        if (call.isNegative() || call.isZero() || transfer.isNegative() || pull.isNegative()) {
            throw new IllegalArgumentException("an engine needs time: " + call + ", " + transfer + ", " + pull);
        }
        if (artifactFiles < 1 || workspaceFiles < 1) {
            throw new IllegalArgumentException("no files: " + artifactFiles + " of " + workspaceFiles);
        }
    }
}
