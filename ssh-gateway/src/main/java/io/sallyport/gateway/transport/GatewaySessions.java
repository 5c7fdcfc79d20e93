package io.sallyport.gateway.transport;

import io.sallyport.handlers.LimitHits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;

/** Makes sessions for connections that are admitted; MINA closes the connection of one that is not. */
final class GatewaySessions extends SessionFactory {
    private final Admission admission;
    private final Penalties penalties;
    private final Sources sources;
    private final LimitHits hits;

    GatewaySessions(
            ServerFactoryManager server, Admission admission, Penalties penalties, Sources sources, LimitHits hits) {
        super(server);
        this.admission = admission;
        this.penalties = penalties;
        this.sources = sources;
        this.hits = hits;
    }

    @Override
    protected ServerSessionImpl doCreateSession(IoSession ioSession) throws Exception {
        String source = sources.of(ioSession.getRemoteAddress());
        Duration penalty = penalties.refused(ioSession.getRemoteAddress());
        if (!penalty.isZero()) {
            hits.hit("limits.penaltyLeast", Optional.empty(), source);
            throw refused(ioSession, "penalty of " + source + ", " + (penalty.toSeconds() + 1) + " s left");
        }
        String limit = admission.arrive(source);
        if (!limit.isEmpty()) {
            hits.hit(limit, Optional.empty(), source);
            throw refused(ioSession, limit);
        }
        try {
            GatewaySession session = new GatewaySession(getServer(), ioSession);
            admission.track(session, source);
            return session;
        } catch (Exception e) {
            admission.abandon(source);
            throw e;
        }
    }

    /**
     * Says why in a line before the greeting (RFC 4253, section 4.2), which clients show when they are asked to be
     * verbose. It may be lost: the connection is closed at once.
     */
    private static IOException refused(IoSession ioSession, String why) throws IOException {
        ioSession.writeBuffer(
                new ByteArrayBuffer(("Not allowed at this time: " + why + "\r\n").getBytes(StandardCharsets.US_ASCII)));
        return new IOException("not admitted: " + why);
    }
}
