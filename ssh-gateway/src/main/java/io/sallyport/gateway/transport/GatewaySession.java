package io.sallyport.gateway.transport;

import java.io.IOException;
import jdk.net.ExtendedSocketOptions;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.nio2.Nio2Session;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;

/**
 * A session that acknowledges its first packets at once. Delayed acknowledgements and Nagle's algorithm on the peer's
 * side wait for each other, 40 ms at a time, through the whole of the key exchange; the kernel forgets the option, so
 * it is set again for each of the first reads.
 */
final class GatewaySession extends ServerSessionImpl {
    private static final int PROMPT_READS = 60;

    private int reads;

    GatewaySession(ServerFactoryManager server, IoSession ioSession) throws Exception {
        super(server, ioSession);
    }

    @Override
    public void messageReceived(Readable buffer) throws Exception {
        if (reads < PROMPT_READS && getIoSession() instanceof Nio2Session session) {
            reads++;
            acknowledgeAtOnce(session);
        }
        super.messageReceived(buffer);
    }

    private static void acknowledgeAtOnce(Nio2Session session) {
        try {
            if (session.getSocket().supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
                session.getSocket().setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            }
        } catch (IOException e) {
            // The connection is ending, which its reader is about to learn.
        }
    }
}
