package io.sallyport.gateway.transport;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells {@link Admission} what becomes of sessions. Registered after {@link Login}, which binds the identity. */
final class AdmissionListener implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionListener.class);

    private final Admission admission;
    private final SessionWatch watch;

    AdmissionListener(Admission admission, SessionWatch watch) {
        this.admission = admission;
        this.watch = watch;
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        Peer peer = Peer.of(session);
        if (event != Event.Authenticated || peer == null) {
            return;
        }
        if (!admission.enter(session, peer.identity())) {
            LOG.warn("limit reached limit=limits.connectionsPerIdentity identity={}", peer.identity());
            Ending.end(
                    session,
                    SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
                    "too many connections of " + peer.identity());
        } else {
            // What let it in may have been removed since: whoever did that has not found this session.
            watch.look(session);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        admission.leave(session);
    }
}
