package io.sallyport.client;

import java.io.IOException;

/**
 * The way to one gateway. Safe for many threads: each {@link #open} is a channel of its own, and channels do not
 * wait for each other. After {@link #close} nothing can be opened.
 */
public interface Transport extends AutoCloseable {
    /**
     * Starts one request. Whether the gateway can be reached shows at {@link Channel#await}, for which {@link Channel#errors} has
     * words that {@link Loss} understands; a transport may connect before this returns.
     *
     * @param commandLine already quoted, see {@link Request#commandLine}
     * @throws IOException when not even the attempt can be made, or another one cannot go better; {@link ClientException} with the
     *     reason where it is known
     */
    Channel open(String commandLine) throws IOException;

    /**
     * Starts a subsystem of SSH (RFC 4254, 6.5), as {@link #open} starts a request.
     *
     * @throws IOException as {@link #open}
     */
    Channel openSubsystem(String name) throws IOException;

    /** Cuts all open channels. May be called more than once and from any thread, also while the JVM ends. */
    @Override
    void close();
}
