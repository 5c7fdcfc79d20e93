package io.sallyport.gateway.transport;

import io.sallyport.handlers.LimitHits;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.session.helpers.TimeoutIndicator;

/** Penalises the sources of connections that end without having logged in. */
final class PenaltyListener implements SessionListener {
    private static final AttributeKey<Boolean> CRASHED = new AttributeKey<>();

    private final Penalties penalties;
    private final LimitHits hits;

    PenaltyListener(Penalties penalties, LimitHits hits) {
        this.penalties = penalties;
        this.hits = hits;
    }

    /**
     * A crash is, as with OpenSSH's sshd, what makes the server itself fail. Bytes that are refused as they should be
     * count like leaving without a login, and so does a client that is too old, or that is none of SSH.
     */
    @Override
    public void sessionException(Session session, Throwable t) {
        if (t instanceof RuntimeException) {
            session.setAttribute(CRASHED, true);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        if (Peer.of(session) == null) {
            Offence offence = offence(session);
            if (offence == Offence.GRACE_EXCEEDED) {
                hits.hit("limits.loginGrace", Optional.empty(), Address.host(session.getRemoteAddress()));
            }
            penalties.punish(session.getRemoteAddress(), offence);
        }
    }

    private static Offence offence(Session session) {
        if (session.getAttribute(CRASHED) != null) {
            return Offence.CRASH;
        }
        TimeoutIndicator timeout = session.getTimeoutStatus();
        if (timeout != null && timeout.getStatus() == TimeoutIndicator.TimeoutStatus.AuthTimeout) {
            return Offence.GRACE_EXCEEDED;
        }
        return session instanceof GatewaySession known && known.hasTriedToLogIn()
                ? Offence.FAILED_LOGIN
                : Offence.NO_LOGIN;
    }
}
