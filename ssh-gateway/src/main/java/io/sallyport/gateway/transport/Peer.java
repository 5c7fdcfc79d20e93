package io.sallyport.gateway.transport;

import io.sallyport.handlers.Caller;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a session.
 *
 * @param identity the name that the key belongs to
 * @param fingerprint of the key that signed
 */
public record Peer(String identity, String fingerprint) {
    /** Bound once, when authentication has succeeded. */
    static final AttributeKey<Peer> BOUND = new AttributeKey<>();

    /** The key of the latest authentication request, signed or only probed. */
    static final AttributeKey<Peer> LATEST = new AttributeKey<>();

    /** The peer of an authenticated session; null before that. */
    public static @Nullable Peer of(Session session) {
        return session.getAttribute(BOUND);
    }

    /** The peer as a caller on a surface (exec, sftp, …). */
    public static Caller caller(Session session, String surface) {
        Peer peer = of(session);
        if (peer == null) {
            throw new IllegalStateException("a request before authentication");
        }
        return new Caller(
                peer.identity(),
                peer.fingerprint(),
                surface,
                Address.text(session.getRemoteAddress()),
                String.valueOf(session.getUsername()));
    }
}
