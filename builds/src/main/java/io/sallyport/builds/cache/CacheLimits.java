package io.sallyport.builds.cache;

/**
 * How much is kept. What goes beyond is made room for by forgetting what was not used for longest.
 *
 * @param bytes of all caches together, compressed
 * @param projectBytes of one project's, and so of a single one
 * @param projectKeys of one project
 * @param unpackedBytes of a single one's tar
 */
public record CacheLimits(long bytes, long projectBytes, int projectKeys, long unpackedBytes) {
    /** The most that a single one may have, compressed. */
    public long largest() {
        return Math.min(bytes, projectBytes);
    }
}
