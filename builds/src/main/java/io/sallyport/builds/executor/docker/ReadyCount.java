package io.sallyport.builds.executor.docker;

/**
 * What has come of containers that are made ahead, since the gateway's start.
 *
 * @param taken by jobs
 * @param missed jobs that could have taken one, had there been one
 * @param waiting now
 */
public record ReadyCount(long taken, long missed, int waiting) {
    /** Before anything has happened. */
    public static final ReadyCount NONE = new ReadyCount(0, 0, 0);
}
