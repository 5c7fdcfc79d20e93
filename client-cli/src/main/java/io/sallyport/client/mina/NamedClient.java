package io.sallyport.client.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * MINA's client with our rules: only what a {@link Login} says of the host's key and of ours counts, nothing of the user's files is
 * read by itself, and a certificate of a host has to be for the name that the user knows it by, not for the address.
 */
final class NamedClient extends SshClient {
    private static final Duration KEEPALIVE = Duration.ofSeconds(15);
    private static final int KEEPALIVES = 3;

    private NamedClient() {}

    /** A client that runs. */
    static SshClient started() {
        SshClient client = ClientBuilder.builder().factory(NamedClient::new).build(true);
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(new OfferedKeys()));
        client.setServerKeyVerifier(
                (session, address, key) -> Login.of(session).hostKey().accepts(key));
        client.setChannelFactories(List.of()); // the gateway opens none
        client.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                session.setSignatureFactories(
                        Login.of((ClientSession) session).hostKey().algorithms());
            }

            @Override
            public void sessionEvent(Session session, Event event) {
                if (event == Event.KeyEstablished) {
                    Login.of((ClientSession) session).checked().countDown();
                }
            }
        });
        // A connection that is dead without a word is noticed within a minute; one that is only silent lives on.
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, KEEPALIVE);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, KEEPALIVES);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, Duration.ofDays(1));
        CoreModuleProperties.ABORT_ON_INVALID_CERTIFICATE.set(client, false);
        CoreModuleProperties.ALLOW_EMPTY_CERTIFICATE_PRINCIPALS.set(client, false);
        client.start();
        return client;
    }

    @Override
    protected void onConnectOperationComplete(
            IoSession ioSession,
            ConnectFuture connectFuture,
            String username,
            SocketAddress address,
            KeyIdentityProvider identities,
            HostConfigEntry hostConfig)
            throws IOException, GeneralSecurityException {
        super.onConnectOperationComplete(
                ioSession,
                connectFuture,
                username,
                InetSocketAddress.createUnresolved(hostConfig.getHost(), hostConfig.getPort()),
                identities,
                hostConfig);
    }
}
