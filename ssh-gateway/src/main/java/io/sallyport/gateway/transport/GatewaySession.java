package io.sallyport.gateway.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import jdk.net.ExtendedSocketOptions;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.io.nio2.Nio2Session;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.jspecify.annotations.Nullable;

/**
 * A session for many short requests.
 *
 * <p>It acknowledges its first packets at once. Delayed acknowledgements and Nagle's algorithm on the peer's side wait
 * for each other, 40 ms at a time, through the whole of the key exchange; the kernel forgets the option, so it is set
 * again for each of the first reads.
 *
 * <p>It can send several packets in one piece, see {@link #together}.
 */
public final class GatewaySession extends ServerSessionImpl {
    private static final int PROMPT_READS = 60;
    private static final int FIRST_SIZE = 2 * 1024;
    private static final int MOST_BEFORE_LOGIN = 64 * 1024;
    private static final int ENOUGH = 64 * 1024;

    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private final BeforeLogin beforeLogin = new BeforeLogin();
    private int reads;
    private int gatherers; // guarded by encodeLock, like what follows
    private @Nullable ByteArrayBuffer gathered;

    /** What sends packets. It must not wait for the peer. */
    @FunctionalInterface
    public interface Sending {
        /** Sends them, in any way that MINA has. */
        void send() throws IOException;
    }

    GatewaySession(ServerFactoryManager server, IoSession ioSession) throws Exception {
        super(server, ioSession);
    }

    /**
     * Sends in one piece what is sent meanwhile, by any thread: one system call and one wake-up of the peer for an
     * answer of several small packets. Their futures are done at once. May be called from any thread.
     *
     * @throws IOException when the packets cannot be sent, or what the sending throws
     */
    public void together(Sending sending) throws IOException {
        gather(1);
        try {
            sending.send();
        } finally {
            gather(-1);
        }
    }

    private void gather(int change) throws IOException {
        encodeLock.lock();
        try {
            gatherers += change;
            if (gatherers == 0) {
                sendGathered();
            }
        } finally {
            encodeLock.unlock();
        }
    }

    @Override
    protected IoWriteFuture doWritePacket(Buffer packet) throws IOException {
        bytesOut.addAndGet(packet.available());
        encodeLock.lock();
        try {
            // Messages of the transport layer wait for nobody: somebody may be waiting for a key exchange to end.
            boolean transport = (packet.rawByte(packet.rpos()) & 0xff) < SshConstants.SSH_MSG_USERAUTH_REQUEST;
            if (gatherers == 0 || transport) {
                sendGathered();
                return super.doWritePacket(packet);
            }
            ByteArrayBuffer all = gathered == null ? new ByteArrayBuffer(FIRST_SIZE, false) : gathered;
            all.putBuffer(resolveOutputPacket(packet));
            gathered = all;
            if (all.available() >= ENOUGH) {
                sendGathered();
            }
            return AbstractIoWriteFuture.fulfilled(this, true);
        } finally {
            encodeLock.unlock();
        }
    }

    private void sendGathered() throws IOException {
        ByteArrayBuffer all = gathered;
        if (all != null) {
            gathered = null;
            getIoSession().writeBuffer(all);
        }
    }

    /** No messages that say nothing in between: they were meant against a weakness of CBC (RFC 4251, section 9.3.1). */
    @Override
    protected int resolveIgnoreBufferDataLength() {
        return 0;
    }

    /** All that has been received. */
    long bytesIn() {
        return bytesIn.get();
    }

    /** All that has been sent, without what encryption adds. */
    long bytesOut() {
        return bytesOut.get();
    }

    /** Whether the peer has asked for more than the list of methods; false for one that has only looked. */
    boolean hasTriedToLogIn() {
        return beforeLogin.tried();
    }

    @Override
    protected void doHandleMessage(Buffer message) throws Exception {
        if (!isAuthenticated()) {
            beforeLogin.check(message);
        }
        super.doHandleMessage(message);
    }

    @Override
    public void messageReceived(Readable buffer) throws Exception {
        bytesIn.addAndGet(buffer.available());
        if (!isAuthenticated() && decoderBuffer.available() + buffer.available() > MOST_BEFORE_LOGIN) {
            // MINA would gather a packet of any length up to 256 KiB, and many times that while it plays for time.
            throw new SshException(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "too much before authentication");
        }
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
