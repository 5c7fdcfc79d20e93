package io.sallyport.gateway.transport;

import java.io.IOException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells {@link Admission} what becomes of sessions. Registered after {@link Login}, which binds the identity. */
final class AdmissionListener implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionListener.class);

    private final Admission admission;
    private final Login login;

    AdmissionListener(Admission admission, Login login) {
        this.admission = admission;
        this.login = login;
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        Peer peer = Peer.of(session);
        if (event != Event.Authenticated || peer == null) {
            return;
        }
        if (!admission.enter(session, peer.identity())) {
            LOG.warn("limit reached limit=limits.connectionsPerIdentity identity={}", peer.identity());
            end(
                    session,
                    SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
                    "too many connections of " + peer.identity());
        } else if (!login.admits(peer, session)) {
            // Removed since it signed: whoever removed it has not found this session, which was not counted yet.
            end(session, SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "this key has been removed");
        }
    }

    private static void end(Session session, int reason, String words) {
        try {
            session.disconnect(reason, words);
        } catch (IOException e) {
            session.close(true);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        admission.leave(session);
    }
}
