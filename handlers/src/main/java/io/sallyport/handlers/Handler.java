package io.sallyport.handlers;

import java.io.IOException;

/** Does what one route is for: reads the parameters, calls the engine, returns. Called on a virtual thread. */
@FunctionalInterface
public interface Handler {
    /**
     * Handles an allowed request.
     *
     * @throws Param.Malformed when a value is not of its form
     * @throws IOException when the body or the store fails
     * @throws InterruptedException when the peer is gone
     */
    Response handle(Request request) throws Param.Malformed, IOException, InterruptedException;
}
