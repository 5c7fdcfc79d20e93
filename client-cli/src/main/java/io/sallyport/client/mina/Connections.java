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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** Also how long the agent may take to sign: it may wait for a touch, or for somebody to confirm. */
    private static final Duration LOGIN = Duration.ofSeconds(60);

    /** How long the agent may take to tell its keys. */
    private static final Duration LISTING = Duration.ofSeconds(30);

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
            return login(settings, Optional.empty());
        }
        if (jumps == JUMPS) {
            throw new ClientException.BadSetting("ProxyJump", "more than " + JUMPS + " hosts one behind the other");
        }
        ClientSession through = connect(jump.get(), jumps + 1);
        try {
            ClientSession session = login(settings, Optional.of(through));
            session.addCloseFutureListener(closed -> through.close(true));
            through.addCloseFutureListener(closed -> session.close(true));
            return session;
        } catch (IOException | InterruptedException | RuntimeException e) {
            through.close(true);
            throw e;
        }
    }

    /** First with the keys that are at hand; with those that have to be asked for only when these are not taken. */
    private ClientSession login(HostSettings settings, Optional<ClientSession> through)
            throws IOException, InterruptedException {
        Identities keys = identities.computeIfAbsent(settings, Identities::new);
        try (AgentKeys agent = AgentKeys.at(settings.agent(), LISTING)) {
            // Also without any key: nobody is asked for a passphrase by a host that is not there, or not the right one.
            Optional<ClientSession> session = attempt(settings, through, keys.ready(agent));
            if (session.isEmpty()) {
                Identities.Offer unlocked = keys.unlocked(questions);
                if (!unlocked.keys().isEmpty()) {
                    session = attempt(settings, through, unlocked);
                }
            }
            return session.orElseThrow(() -> NotConnected.keyRefused(settings.user(), settings.hostName()));
        }
    }

    private Optional<ClientSession> attempt(
            HostSettings settings, Optional<ClientSession> through, Identities.Offer offer)
            throws IOException, InterruptedException {
        if (through.isEmpty()) {
            return attempt(settings, settings.hostName(), settings.port(), offer);
        }
        // Everybody on this machine can connect to the port, so it is there no longer than the log-in.
        try (ExplicitPortForwardingTracker way = through.get()
                .createLocalPortForwardingTracker(
                        new SshdSocketAddress("127.0.0.1", 0),
                        new SshdSocketAddress(settings.hostName(), settings.port()))) {
            SshdSocketAddress entrance = way.getBoundAddress();
            return attempt(settings, entrance.getHostName(), entrance.getPort(), offer);
        }
    }

    /** Empty when none of the keys is taken; an offer of none ends with the check of the host's, and is no log-in that has failed. */
    private Optional<ClientSession> attempt(HostSettings settings, String address, int port, Identities.Offer offer)
            throws IOException, InterruptedException {
        HostKeyCheck check = HostKeyCheck.of(settings);
        String principal = settings.hostKeyAlias().orElse(settings.hostName());
        Login login = new Login(check, offer, principal, new CountDownLatch(1));
        ClientSession session = open(settings, address, port, login);
        session.addCloseFutureListener(closed -> login.checked().countDown());
        try {
            if (offer.keys().isEmpty()
                    && login.checked().await(LOGIN.toSeconds(), TimeUnit.SECONDS)
                    && session.isOpen()) {
                session.close(true);
                return Optional.empty();
            }
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
            throw session.getServerVersion() == null
                    ? NotConnected.unsaid(settings.hostName(), e)
                    : NotConnected.broken(settings.hostName(), e);
        } catch (InterruptedException | InterruptedIOException e) {
            session.close(true);
            throw e;
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
