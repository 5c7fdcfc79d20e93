package io.sallyport.gateway.transport;

import io.sallyport.handlers.LimitHits;
import io.sallyport.keys.CredentialCheck;
import io.sallyport.keys.Standing;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** Tells {@link Admission} what becomes of sessions. Registered after {@link Login}, which binds the identity. */
final class AdmissionListener implements SessionListener {
    private final Admission admission;
    private final SessionWatch watch;
    private final CredentialCheck credentials;
    private final LimitHits hits;

    AdmissionListener(Admission admission, SessionWatch watch, CredentialCheck credentials, LimitHits hits) {
        this.admission = admission;
        this.watch = watch;
        this.credentials = credentials;
        this.hits = hits;
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        Peer peer = Peer.of(session);
        if (event != Event.Authenticated || peer == null) {
            return;
        }
        Standing standing =
                credentials.standing(peer.identity(), peer.proof(), Address.host(session.getRemoteAddress()));
        String limit = switch (standing) {
            case Standing.Known known -> admission.enter(session, known.principal());
            case Standing.Unknown unknown -> ""; // it is ended below
        };
        if (!limit.isEmpty()) {
            hits.hit(limit, Optional.of(peer.identity()), Address.host(session.getRemoteAddress()));
            Ending.end(
                    session,
                    SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
                    "too many connections (" + limit + "); close some, or try again later");
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
