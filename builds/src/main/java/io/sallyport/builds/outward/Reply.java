package io.sallyport.builds.outward;

import java.util.Optional;

/** What came of a try to send something. */
sealed interface Reply {
    /**
     * There was an answer.
     *
     * @param status of HTTP
     * @param retryAfter its header of that name
     * @param rateReset when a rate limit is over that has been reached, in seconds since 1970, as GitHub says it
     * @param body its beginning
     */
    record Answered(int status, Optional<String> retryAfter, Optional<String> rateReset, String body)
            implements Reply {}

    /** There was none; {@code words} say why. */
    record Failed(String words) implements Reply {}

    /** It was not tried: that place may not be reached. */
    record Forbidden(String words) implements Reply {}
}
