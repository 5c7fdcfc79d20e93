package io.sallyport.client.mina;

import io.sallyport.client.ClientException;
import io.sallyport.client.TransportFactory.Questions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/** Makes connections to one host, through its jump hosts, and logs in. One at a time, so that nobody is asked twice for one key. */
final class Connections {
    private static final int JUMPS = 8;
    private static final Duration LOGIN = Duration.ofSeconds(60);

    private final SshClient client;
    private final Questions questions;
    private final Map<HostSettings, Identities> identities = new HashMap<>();

    Connections(SshClient client, Questions questions) {
        this.client = client;
        this.questions = questions;
    }

    /**
     * A connection that is logged in.
     *
     * @throws NotConnected with the words for it
     * @throws ClientException.HostKeyRefused when a host's key is not accepted
     */
    synchronized ClientSession connect(HostSettings settings) throws IOException, InterruptedException {
        try {
            return connect(settings, 0);
        } catch (InterruptedIOException e) {
            throw new InterruptedException();
        }
    }

    private ClientSession connect(HostSettings settings, int jumps) throws IOException, InterruptedException {
        Optional<HostSettings> jump = settings.jump();
        if (jump.isEmpty()) {
            return login(settings, settings.hostName(), settings.port());
        }
        if (jumps == JUMPS) {
            throw new ClientException.BadSetting("ProxyJump", "more than " + JUMPS + " hosts one behind the other");
        }
        ClientSession through = connect(jump.get(), jumps + 1);
        try {
            ExplicitPortForwardingTracker way = through.createLocalPortForwardingTracker(
                    new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(settings.hostName(), settings.port()));
            SshdSocketAddress entrance = way.getBoundAddress();
            ClientSession session = login(settings, entrance.getHostName(), entrance.getPort());
            session.addCloseFutureListener(closed -> through.close(true));
            through.addCloseFutureListener(closed -> session.close(true));
            return session;
        } catch (IOException | InterruptedException | RuntimeException e) {
            through.close(true);
            throw e;
        }
    }

    /** First with the keys that are at hand; with those that have to be asked for only when these are not taken. */
    private ClientSession login(HostSettings settings, String address, int port)
            throws IOException, InterruptedException {
        Identities keys = identities.computeIfAbsent(settings, Identities::new);
        try (AgentKeys agent = AgentKeys.at(settings.agent())) {
            Identities.Offer ready = keys.ready(agent);
            NotConnected refused = NotConnected.keyRefused(settings.user(), settings.hostName());
            if (!ready.keys().isEmpty()) {
                Optional<ClientSession> session = attempt(settings, address, port, ready);
                if (session.isPresent()) {
                    return session.get();
                }
            }
            Identities.Offer unlocked = keys.unlocked(questions);
            if (unlocked.keys().isEmpty() && !ready.keys().isEmpty()) {
                throw refused;
            }
            // Also without any key: whether the host can be reached, and is the right one, is told first.
            return attempt(settings, address, port, unlocked).orElseThrow(() -> refused);
        }
    }

    private Optional<ClientSession> attempt(HostSettings settings, String address, int port, Identities.Offer offer)
            throws IOException {
        HostKeyCheck check = HostKeyCheck.of(settings);
        String principal = settings.hostKeyAlias().orElse(settings.hostName());
        ClientSession session = open(settings, address, port, new Login(check, offer, principal));
        try {
            session.auth().verify(LOGIN);
            return Optional.of(session);
        } catch (SshException e) {
            session.close(true);
            if (check.refusal().isPresent()) {
                throw check.refusal().get();
            }
            if (e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
                return Optional.empty();
            }
            throw NotConnected.broken(settings.hostName(), e);
        }
    }

    private ClientSession open(HostSettings settings, String address, int port, Login login) throws IOException {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(address);
        } catch (UnknownHostException e) {
            throw NotConnected.unknown(address);
        }
        IOException last = null;
        for (InetAddress each : all) {
            HostConfigEntry entry =
                    new HostConfigEntry(login.principal(), each.getHostAddress(), port, settings.user(), null);
            entry.setIdentitiesOnly(true);
            try {
                return client.connect(entry, login.context(), null)
                        .verify(Duration.ofSeconds(settings.connectTimeout()))
                        .getSession();
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        throw NotConnected.unreached(settings.hostName(), settings.port(), last);
    }
}
