package io.sallyport.gateway.dashboard.log;

/**
 * Which log.
 *
 * @param job empty for those of all jobs together
 */
public record LogName(long build, String job) {
    String path() {
        return "/builds/" + build + "/log";
    }
}
