package io.sallyport.client.mina;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** The user's agent at its socket (draft-ietf-sshm-ssh-agent). One request at a time; a private key never leaves it. */
final class UnixAgent extends AbstractAgentProxy {
    private static final int LONGEST = 1 << 20;

    private final SocketChannel socket;

    private UnixAgent(SocketChannel socket) {
        super(null);
        this.socket = socket;
    }

    /** Connects; fails when no agent listens there. */
    static UnixAgent at(Path path) throws IOException {
        return new UnixAgent(SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    @Override
    protected synchronized Buffer request(Buffer request) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(request.array(), request.rpos(), request.available());
        while (out.hasRemaining()) {
            socket.write(out);
        }
        int length = read(Integer.BYTES).getInt();
        if (length < 1 || length > LONGEST) {
            throw new IOException("the agent's answer has a length of " + length);
        }
        return new ByteArrayBuffer(read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (socket.read(in) < 0) {
                throw new EOFException("the agent has ended");
            }
        }
        return in.flip();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
