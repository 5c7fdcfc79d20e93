package io.sallyport.gateway.transport;

import io.sallyport.handlers.Connections;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** The sessions that have logged in. May be used from any thread. Registered after {@link Login}, which binds the peer. */
public final class OpenConnections implements Connections, SessionListener {
    private final InstantSource clock;
    private final Map<Session, Instant> since = new LinkedHashMap<>(); // by login; guarded by this

    /** None yet. */
    public OpenConnections(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            synchronized (this) {
                since.put(session, clock.instant());
            }
        }
    }

    @Override
    public void sessionClosed(Session session) {
        synchronized (this) {
            since.remove(session);
        }
    }

    @Override
    public List<Connection> all() {
        return copy().entrySet().stream()
                .flatMap(each -> connection(each.getKey(), each.getValue()).stream())
                .toList();
    }

    @Override
    public boolean end(String id, String reason) {
        for (Session session : copy().keySet()) {
            if (Peer.origin(session).session().equals(id)) {
                Ending.end(session, SshConstants.SSH2_DISCONNECT_BY_APPLICATION, reason);
                return true;
            }
        }
        return false;
    }

    private synchronized Map<Session, Instant> copy() {
        return new LinkedHashMap<>(since);
    }

    private static Optional<Connection> connection(Session session, Instant since) {
        Peer peer = Peer.of(session);
        if (peer == null || !(session instanceof GatewaySession known)) {
            return Optional.empty();
        }
        return Optional.of(new Connection(
                Peer.origin(session).session(),
                peer.identity(),
                peer.fingerprint(),
                Address.text(session.getRemoteAddress()),
                since,
                String.valueOf(session.getClientVersion()),
                Heartbeat.open(session),
                known.bytesIn(),
                known.bytesOut()));
    }
}
