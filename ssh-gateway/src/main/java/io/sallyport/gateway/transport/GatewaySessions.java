package io.sallyport.gateway.transport;

import java.io.IOException;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sessions for connections that are admitted; MINA closes the connection of one that is not. */
final class GatewaySessions extends SessionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(GatewaySessions.class);

    private final Admission admission;

    GatewaySessions(ServerFactoryManager server, Admission admission) {
        super(server);
        this.admission = admission;
    }

    @Override
    protected ServerSessionImpl doCreateSession(IoSession ioSession) throws Exception {
        String source = Address.host(ioSession.getRemoteAddress());
        String limit = admission.arrive(source);
        if (!limit.isEmpty()) {
            LOG.warn("limit reached limit={} source={}", limit, source);
            throw new IOException("not admitted: " + limit);
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
}
