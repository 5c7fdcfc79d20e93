package io.sallyport.client;

/**
 * What to read of a build's log. An offset is a byte position of the whole log, of all jobs and streams.
 *
 * @param build id
 * @param offset to start from, 0 or more
 * @param follow whether to go on until the build has ended
 */
public record LogRequest(long build, long offset, boolean follow) {
    /** The whole log, to the end of the build. */
    public static LogRequest followed(long build) {
        return new LogRequest(build, 0, true);
    }

    /** The request for the rest of it. */
    Request from(long position) {
        return from(position, "raw");
    }

    /** The same as records. */
    Request records(long position) {
        return from(position, "ndjson");
    }

    private Request from(long position, String format) {
        Request request = Request.of("GET", "/builds/" + build + "/log").with("format", format);
        if (position > 0) {
            request = request.with("offset", position);
        }
        return follow ? request.with("follow", "true") : request;
    }
}
