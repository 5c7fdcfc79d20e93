package io.sallyport.builds.log;

/** What a log says about itself, one system line each. */
final class Notice {
    private static final long MIB = 1 << 20;
    private static final long KIB = 1 << 10;

    private Notice() {}

    static String full(LogLimits limits) {
        return "[the log has become long: what follows is kept aside, and the last of it, up to "
                + size(2 * limits.tailFile())
                + ", is added here when the build ends]";
    }

    static String stillGrowing(long printed) {
        return "[" + size(printed) + " printed so far]";
    }

    static String leftOut(long bytes) {
        return "[… " + bytes + " bytes left out here …]";
    }

    static String lost(long bytes) {
        return "[" + bytes + " bytes could not be stored here]";
    }

    private static String size(long bytes) {
        if (bytes >= 10 * MIB) {
            return bytes / MIB + " MiB";
        }
        return bytes >= 10 * KIB ? bytes / KIB + " KiB" : bytes + " bytes";
    }
}
