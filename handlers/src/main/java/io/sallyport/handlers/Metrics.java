package io.sallyport.handlers;

import java.time.Duration;

/** Measures of what goes on here. Implemented where they are kept. Called from any thread; never waits for anything. */
public interface Metrics {
    /**
     * A request that was answered.
     *
     * @param route method and path of the route; empty when there is none of that path
     * @param surface that it came by, such as {@code exec}
     * @param status of the answer, as in HTTP
     * @param decided after which time it was decided and that on record
     * @param ran from then to the end of the answer
     * @param in bytes of the body that were read
     * @param out bytes that were sent
     */
    record Answered(String route, String surface, int status, Duration decided, Duration ran, long in, long out) {}

    /** Counts a request. */
    void answered(Answered request);

    /** All measures as of now, as OpenMetrics 1.0 text. */
    String text();
}
