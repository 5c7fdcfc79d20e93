package io.sallyport.gateway.transport;

import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import java.security.PublicKey;
import java.util.Optional;
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
        Optional<Identity> identity =
                identities.key(fingerprint).flatMap(known -> identities.identity(known.identity()));
        if (identity.isEmpty() || identity.get().locked()) {
            String reason = identity.isEmpty() ? "unknown key" : "locked identity";
            LOG.info(
                    "login refused source={} fingerprint={} reason={}",
                    Address.text(session.getRemoteAddress()),
                    fingerprint,
                    reason);
            audit.tellAside(new AuditEvent.LoginRefused(Peer.origin(session, user), fingerprint, reason));
            return false;
        }
        session.setAttribute(Peer.LATEST, new Peer(identity.get().name(), fingerprint));
        return true;
    }

    /** Whether the peer's key still lets in. */
    boolean admits(Peer peer) {
        return identities
                .key(peer.fingerprint())
                .filter(known -> known.identity().equals(peer.identity()))
                .flatMap(known -> identities.identity(known.identity()))
                .filter(identity -> !identity.locked())
                .isPresent();
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
