package io.sallyport.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;

/**
 * One request that is under way. Its three streams may be used by three threads; all three should be served, or the
 * gateway is held up by what nobody reads.
 */
public interface Channel extends AutoCloseable {
    /** The request's body. Closing it tells the gateway that the body is complete. */
    OutputStream input();

    /** The answer, to its end or to where the connection was lost: which of both tells {@link #await}. */
    InputStream output();

    /** What the gateway, or the transport itself, says about the request. */
    InputStream errors();

    /**
     * Waits for the end. Call it when {@link #output} has ended.
     *
     * @return the gateway's exit status, 0 to 254; empty when there is none, because the connection was never there or was lost
     */
    OptionalInt await() throws InterruptedException;

    /** Cuts the channel if it has not ended: the gateway sees a lost peer, and never a complete body. Repeatable. */
    @Override
    void close();
}
