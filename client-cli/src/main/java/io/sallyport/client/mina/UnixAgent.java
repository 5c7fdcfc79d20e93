package io.sallyport.client.mina;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.agent.SshAgentConstants;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** The user's agent at its socket (draft-ietf-sshm-ssh-agent). One request at a time; a private key never leaves it. */
final class UnixAgent extends AbstractAgentProxy {
    private static final int LONGEST = 1 << 20;

    private final SocketChannel socket;
    private final Duration listing;

    private UnixAgent(SocketChannel socket, Duration listing) {
        super(null);
        this.socket = socket;
        this.listing = listing;
    }

    /**
     * Connects; fails when no agent listens there.
     *
     * @param listing how long connecting may take, and then telling the keys. A signature has no bound here: it may wait for a person
     */
    static UnixAgent at(Path path, Duration listing) throws IOException {
        UnixAgent agent = new UnixAgent(SocketChannel.open(StandardProtocolFamily.UNIX), listing);
        try {
            agent.bounded(() -> agent.socket.connect(UnixDomainSocketAddress.of(path)));
            return agent;
        } catch (IOException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private interface Exchange<T> {
        T run() throws IOException;
    }

    /** Ends the connection when it takes too long: a thread that waits at the socket then fails. */
    private <T> T bounded(Exchange<T> exchange) throws IOException {
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                this::abandon, CompletableFuture.delayedExecutor(listing.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return exchange.run();
        } finally {
            late.cancel(false);
        }
    }

    private void abandon() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is as closed as it gets.
        }
    }

    /** The keys with their comments, but for those of a kind that is not known here. */
    @Override
    public List<Map.Entry<PublicKey, String>> getIdentities() throws IOException {
        Buffer answer =
                bounded(() -> request(prepare(createBuffer(SshAgentConstants.SSH2_AGENTC_REQUEST_IDENTITIES, 1))));
        try {
            if (answer.getUByte() != SshAgentConstants.SSH2_AGENT_IDENTITIES_ANSWER) {
                throw new IOException("the agent does not tell its keys");
            }
            List<Map.Entry<PublicKey, String>> keys = new ArrayList<>();
            long count = answer.getUInt();
            for (long i = 0; i < count; i++) {
                byte[] blob = answer.getBytes();
                String comment = answer.getString();
                key(blob).ifPresent(key -> keys.add(Map.entry(key, comment)));
            }
            return keys;
        } catch (RuntimeException e) {
            throw new IOException("the agent's answer is damaged", e);
        }
    }

    /** The key, when it is one that can also be named to the agent again, as the agent does. */
    private static Optional<PublicKey> key(byte[] blob) {
        try {
            PublicKey key = new ByteArrayBuffer(blob).getRawPublicKey();
            boolean same = KeyBlob.text(key).equals(Base64.getEncoder().encodeToString(blob));
            return same ? Optional.of(key) : Optional.empty();
        } catch (SshException | RuntimeException e) {
            return Optional.empty();
        }
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
