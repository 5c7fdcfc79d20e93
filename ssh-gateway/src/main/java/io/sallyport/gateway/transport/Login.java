package io.sallyport.gateway.transport;

import io.sallyport.keys.CertificateRecord;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds a session's identity once, when authentication has succeeded, to what signed. */
final class Login implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    private final IdentityStore identities;
    private final AuditLog audit;

    Login(IdentityStore identities, AuditLog audit) {
        this.identities = identities;
        this.audit = audit;
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event != Event.Authenticated) {
            return;
        }
        Peer signed = session.getAttribute(Peer.SIGNED);
        if (signed == null) {
            throw new IllegalStateException("authenticated without a signature");
        }
        session.setAttribute(Peer.BOUND, signed);
        identities.deployKeys().loggedIn(signed.fingerprint(), Address.host(session.getRemoteAddress()));
        LOG.info(
                "login identity={} fingerprint={}{} source={}",
                signed.identity(),
                signed.proof().fingerprint(),
                signed.proof().certificate().map(Login::words).orElse(""),
                Address.text(session.getRemoteAddress()));
        audit.tellAside(new AuditEvent.LoggedIn(
                Peer.origin(session),
                signed.identity(),
                signed.fingerprint(),
                signed.proof().certificate()));
    }

    @Override
    public void sessionClosed(Session session) {
        Peer peer = Peer.of(session);
        if (peer != null) {
            audit.tellAside(new AuditEvent.LoggedOut(
                    Peer.origin(session),
                    peer.identity(),
                    peer.fingerprint(),
                    peer.proof().certificate()));
        }
    }

    /** In one line and visible, whatever an authority has written as key id. */
    static String words(CertificateRecord certificate) {
        return " serial=" + Long.toUnsignedString(certificate.serial()) + " keyId='" + certificate.keyId()
                + "' authority=" + certificate.authority();
    }
}
