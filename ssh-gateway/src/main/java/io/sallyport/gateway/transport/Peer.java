package io.sallyport.gateway.transport;

import io.sallyport.handlers.Caller;
import io.sallyport.keys.Proof;
import io.sallyport.keys.audit.Origin;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a session.
 *
 * @param identity the name that the key or certificate stands for
 * @param proof what signed
 */
public record Peer(String identity, Proof proof) {
    private static final int NAME_LENGTH = 8;

    /** Bound once, when authentication has succeeded. */
    static final AttributeKey<Peer> BOUND = new AttributeKey<>();

    /** Of the latest authentication request, when its signature was right. */
    static final AttributeKey<Peer> SIGNED = new AttributeKey<>();

    /** Of the key that signed. */
    String fingerprint() {
        return proof.fingerprint();
    }

    /** The peer of an authenticated session; null before that. */
    public static @Nullable Peer of(Session session) {
        return session.getAttribute(BOUND);
    }

    /**
     * The peer of a channel as a caller on a surface (exec, sftp, …).
     *
     * @throws IOException when the connection has ended, and nobody knows any more whose it was
     */
    public static Caller caller(ChannelSession channel, String surface) throws IOException {
        Session session = channel.getSession();
        Peer peer = of(session);
        if (peer == null && session.isClosing()) {
            throw new EOFException("the connection has ended");
        }
        if (peer == null) {
            throw new IllegalStateException("a request before authentication");
        }
        return new Caller(peer.identity(), peer.proof(), surface, origin(session), channel.getChannelId());
    }

    /** The connection, for the audit log. The name of a session is the beginning of its identifier (RFC 4253, section 7.2). */
    static Origin origin(Session session) {
        return origin(session, String.valueOf(session.getUsername()));
    }

    /** The same, with the user name of a request that is not answered yet. */
    static Origin origin(Session session, String user) {
        byte[] id = session.getSessionId();
        String name = id == null ? "" : HexFormat.of().formatHex(id, 0, Math.min(id.length, NAME_LENGTH));
        return new Origin(Address.text(session.getRemoteAddress()), name, user);
    }
}
