package io.sallyport.gateway.transport;

import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.Standing;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in by public key. A client may first ask whether a key would do, without a signature (RFC 4252, section 7): the
 * authenticator is called for that too, so a session's identity is bound only when authentication has succeeded, to
 * the key of the last request, which is the one that signed.
 */
final class Login implements PublickeyAuthenticator, SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    private final IdentityStore identities;
    private final AuditLog audit;

    Login(IdentityStore identities, AuditLog audit) {
        this.identities = identities;
        this.audit = audit;
    }

    /** Called on an I/O thread: looks up in memory only. */
    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        session.removeAttribute(Peer.LATEST);
        String fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        Standing standing = identities.standing(fingerprint, Address.host(session.getRemoteAddress()));
        String refusal = refusal(standing);
        if (!refusal.isEmpty() || !(standing instanceof Standing.Known known)) {
            LOG.info(
                    "login refused source={} fingerprint={} reason={}",
                    Address.text(session.getRemoteAddress()),
                    fingerprint,
                    refusal);
            audit.tellAside(new AuditEvent.LoginRefused(Peer.origin(session, user), fingerprint, refusal));
            return false;
        }
        session.setAttribute(Peer.LATEST, new Peer(known.principal().identity().name(), fingerprint));
        return true;
    }

    /** Whether the peer's key still lets in, from where it is. */
    boolean admits(Peer peer, Session session) {
        Standing standing = identities.standing(peer.fingerprint(), Address.host(session.getRemoteAddress()));
        return refusal(standing).isEmpty()
                && standing instanceof Standing.Known known
                && known.principal().identity().name().equals(peer.identity());
    }

    /** Why nobody is let in, for the log; empty when somebody is. */
    private static String refusal(Standing standing) {
        return switch (standing) {
            case Standing.Unknown unknown -> unknown.reason();
            case Standing.Known known -> known.principal().identity().locked() ? "locked identity" : "";
        };
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event != Event.Authenticated) {
            return;
        }
        Peer signed = session.getAttribute(Peer.LATEST);
        if (signed == null) {
            throw new IllegalStateException("authenticated without a key");
        }
        session.setAttribute(Peer.BOUND, signed);
        identities.deployKeys().loggedIn(signed.fingerprint(), Address.host(session.getRemoteAddress()));
        LOG.info(
                "login identity={} fingerprint={} source={}",
                signed.identity(),
                signed.fingerprint(),
                Address.text(session.getRemoteAddress()));
        audit.tellAside(new AuditEvent.LoggedIn(Peer.origin(session), signed.identity(), signed.fingerprint()));
    }

    @Override
    public void sessionClosed(Session session) {
        Peer peer = Peer.of(session);
        if (peer != null) {
            audit.tellAside(new AuditEvent.LoggedOut(Peer.origin(session), peer.identity(), peer.fingerprint()));
        }
    }
}
