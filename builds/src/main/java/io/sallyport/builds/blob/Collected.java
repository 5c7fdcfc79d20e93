package io.sallyport.builds.blob;

/**
 * What a collection came to.
 *
 * @param looked at how many blobs
 * @param removed how many of them
 * @param bytes the sum of their sizes
 * @param unfinished temporary files that nobody was writing any more
 */
public record Collected(long looked, long removed, long bytes, long unfinished) {
    /** Nothing. */
    public static final Collected NOTHING = new Collected(0, 0, 0, 0);
}
