package io.sallyport.handlers;

import java.time.Instant;
import java.util.List;

/** The connections that have logged in, as administrators see them. Implemented where connections are made. */
public interface Connections {
    /**
     * A connection.
     *
     * @param id the same that the audit log names it by
     * @param identity the name that it has logged in as
     * @param fingerprint of the key that signed
     * @param source address and port of the peer
     * @param since when it logged in
     * @param client what the peer says it is (RFC 4253, section 4.2); written by the peer, so not to be believed
     * @param channels open now
     * @param bytesIn received
     * @param bytesOut sent
     */
    record Connection(
            String id,
            String identity,
            String fingerprint,
            String source,
            Instant since,
            String client,
            int channels,
            long bytesIn,
            long bytesOut) {}

    /** All of them, the oldest first. May be called from any thread. */
    List<Connection> all();

    /**
     * Ends a connection, and with it whatever goes on over it.
     *
     * @param reason shown to its peer
     * @return whether there was one
     */
    boolean end(String id, String reason);
}
