package io.sallyport.client.mina;

import io.sallyport.client.Channel;
import io.sallyport.client.Transport;
import io.sallyport.client.TransportFactory.Questions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/**
 * Connections within this process, one for each channel at a time: a channel that is cut is a connection that is lost, for the
 * gateway too. A connection whose channel has ended is kept for the next one for half a minute.
 */
final class MinaTransport implements Transport {
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final HostSettings settings;
    private final Questions questions;
    private final Set<ClientSession> busy = new HashSet<>();
    private final Deque<Idle> idle = new ArrayDeque<>();
    private @Nullable SshClient client;
    private @Nullable Connections connections;
    private boolean closed;

    private record Idle(ClientSession session, long since) {}

    private interface Kind {
        ClientChannel on(ClientSession session) throws IOException;
    }

    MinaTransport(HostSettings settings, Questions questions) {
        this.settings = settings;
        this.questions = questions;
    }

    @Override
    public Channel open(String commandLine) throws IOException {
        return start(session -> session.createExecChannel(commandLine));
    }

    @Override
    public Channel openSubsystem(String name) throws IOException {
        return start(session -> session.createSubsystemChannel(name));
    }

    private Channel start(Kind kind) throws IOException {
        for (Optional<ClientSession> kept = kept(); kept.isPresent(); kept = kept()) {
            try {
                return open(kept.get(), kind);
            } catch (InterruptedIOException e) {
                discard(kept.get());
                throw e;
            } catch (IOException e) {
                discard(kept.get()); // it was lost unseen; nothing has been asked yet
            }
        }
        try {
            ClientSession session = made();
            try {
                return open(session, kind);
            } catch (IOException e) {
                discard(session);
                throw e instanceof InterruptedIOException ? e : NotConnected.broken(settings.hostName(), e);
            }
        } catch (NotConnected e) {
            return new NoChannel(e.words());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while connecting");
        }
    }

    private MinaChannel open(ClientSession session, Kind kind) throws IOException {
        ClientChannel channel;
        try {
            channel = kind.on(session);
        } catch (IllegalStateException e) {
            // what MINA throws of a session that was lost just now
            throw new IOException("the connection has begun to close", e);
        }
        return MinaChannel.open(session, channel, this::ended);
    }

    private synchronized Optional<ClientSession> kept() {
        for (Idle next = idle.poll(); next != null; next = idle.poll()) {
            if (next.session().isOpen() && System.nanoTime() - next.since() < KEPT.toNanos()) {
                busy.add(next.session());
                return Optional.of(next.session());
            }
            next.session().close(true);
        }
        return Optional.empty();
    }

    private ClientSession made() throws IOException, InterruptedException {
        ClientSession session = connections().connect(settings);
        synchronized (this) {
            busy.add(session);
            if (closed) {
                session.close(true);
            }
        }
        return session;
    }

    private synchronized Connections connections() throws IOException {
        if (closed) {
            throw new IOException("the transport is closed");
        }
        if (connections == null) {
            client = NamedClient.started();
            connections = new Connections(client, questions);
        }
        return connections;
    }

    private synchronized void ended(MinaChannel channel) {
        if (busy.remove(channel.session()) && channel.complete() && !closed) {
            idle.push(new Idle(channel.session(), System.nanoTime()));
        }
    }

    private synchronized void discard(ClientSession session) {
        busy.remove(session);
        session.close(true);
    }

    /** Does not wait for the other side: a command that is done ends at once. */
    @Override
    public synchronized void close() {
        closed = true;
        busy.forEach(session -> session.close(true));
        idle.forEach(each -> each.session().close(true));
        idle.clear();
        if (client != null) {
            client.close(true);
            client = null;
        }
    }
}
