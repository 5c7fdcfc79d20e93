package io.sallyport.builds.log;

/**
 * How much of the disk one log may use.
 *
 * @param bytes of the log and its index together, at least {@value #LEAST}; a few KiB more for the lines that speak of
 *     the limit itself, and up to a quarter more while the end of a cut log is put in its place
 */
public record LogLimits(long bytes) {
    /** The smallest limit in bytes. */
    public static final long LEAST = 4096;

    /** The limit that is used unless the operator sets another: 256 MiB. */
    public static final LogLimits DEFAULT = new LogLimits(256L << 20);

    /** Checks the range. */
    public LogLimits {
        if (bytes < LEAST) {
            throw new IllegalArgumentException("log limit of " + bytes + " bytes is below " + LEAST);
        }
    }

    /** What is written as it comes, bytes of log and index. */
    long head() {
        return bytes / 4 * 3;
    }

    /** The size of each of the two files that hold what comes after the head; the older is dropped for a newer. */
    long tailFile() {
        return bytes / 8;
    }
}
