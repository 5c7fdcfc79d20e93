package io.sallyport.gateway.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sessions for connections that are admitted; MINA closes the connection of one that is not. */
final class GatewaySessions extends SessionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(GatewaySessions.class);

    private final Admission admission;
    private final Penalties penalties;
    private final Sources sources;

    GatewaySessions(ServerFactoryManager server, Admission admission, Penalties penalties, Sources sources) {
        super(server);
        this.admission = admission;
        this.penalties = penalties;
        this.sources = sources;
    }

    @Override
    protected ServerSessionImpl doCreateSession(IoSession ioSession) throws Exception {
        String source = sources.of(ioSession.getRemoteAddress());
        Duration penalty = penalties.refused(ioSession.getRemoteAddress());
        String limit =
                penalty.isZero() ? admission.arrive(source) : "penalty, " + (penalty.toSeconds() + 1) + " s left";
        if (!limit.isEmpty()) {
            throw refused(ioSession, source, limit);
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
    private static IOException refused(IoSession ioSession, String source, String limit) throws IOException {
        LOG.warn("connection refused source={} limit={}", source, limit);
        ioSession.writeBuffer(new ByteArrayBuffer(
                ("Not allowed at this time: " + limit + "\r\n").getBytes(StandardCharsets.US_ASCII)));
        return new IOException("not admitted: " + limit);
    }
}
