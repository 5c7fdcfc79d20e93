package io.sallyport.gateway.transport;

import java.io.IOException;

/** What answers those who want to be connected with something behind the gateway (RFC 4254, section 7.2). */
public interface Forwarding {
    /**
     * Decides, on a thread that may wait. What comes on the channel has to be taken from the moment on that this returns.
     *
     * @param channel not confirmed yet: nothing may be sent on it
     * @param host as the peer has written it
     * @param port the same
     * @throws IOException when the peer is gone
     * @throws InterruptedException when the peer is gone
     */
    Reply ask(GatewayChannel channel, String host, long port) throws IOException, InterruptedException;

    /** What comes of it. */
    sealed interface Reply {
        /**
         * There is no such connection for them.
         *
         * @param code as RFC 4254, section 5.1 has it
         * @param words for people
         */
        record Refused(int code, String words) implements Reply {}

        /** There is. */
        record Connected(Talk talk) implements Reply {}
    }

    /** A connection. */
    interface Talk extends AutoCloseable {
        /** Carries bytes both ways on a channel that has been confirmed, until one side has had enough. */
        void hold() throws IOException, InterruptedException;

        /** Ends it, whether it was begun or not. Repeated calls do nothing. */
        @Override
        void close();
    }
}
