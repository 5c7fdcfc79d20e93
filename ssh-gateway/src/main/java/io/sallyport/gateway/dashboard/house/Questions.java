package io.sallyport.gateway.dashboard.house;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.handlers.Method;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Response;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The only way from a dashboard to the house: each question is a request like any other, decided by the rights that the caller has
 * at that moment, and on record. May be used by any thread.
 */
public interface Questions {
    /**
     * Asks for a document or a list, or for something to be done.
     *
     * @throws InterruptedException when the dashboard ends
     */
    Reply ask(Method method, String path, Map<String, String> parameters) throws InterruptedException;

    /**
     * How many bytes there are of something, as far as that is known; empty when they may not be read.
     *
     * @throws InterruptedException when the dashboard ends
     */
    OptionalLong size(String path) throws InterruptedException;

    /**
     * Reads a stream of records. Returns when it has ended, or when it was left.
     *
     * @throws IOException when what is read fails
     * @throws InterruptedException when the dashboard ends
     */
    Ended follow(String path, Map<String, String> parameters, Reader reader) throws IOException, InterruptedException;

    /** Takes the records of a stream. */
    interface Reader {
        /** The stream is open: what happens from now on will come. Called once, before any record. */
        default void opened() {}

        /**
         * Takes one.
         *
         * @return whether to go on
         * @throws InterruptedException when the dashboard ends
         */
        boolean take(JsonNode record) throws InterruptedException;
    }

    /** How a stream has ended. */
    sealed interface Ended {
        /** It was complete, with the exit status that a channel would have. */
        record Complete(int exit) implements Ended {}

        /** Its reader has left it. */
        record Left() implements Ended {}

        /** It could not be had, or there is more that cannot be given. */
        record Broken(Problem problem) implements Ended {}
    }

    /** Asks for a document or a list. */
    default Reply get(String path, Map<String, String> parameters) throws InterruptedException {
        return ask(Method.GET, path, parameters);
    }

    /** What a response is, without its contents, when it is none that can be shown here. */
    static Problem unshown(Response response) {
        return Problem.of(
                501,
                "not-shown",
                "Not shown here",
                "a dashboard has no use for " + response.getClass().getSimpleName());
    }
}
