package io.sallyport.gateway.transport;

import io.sallyport.gateway.settings.Config;
import io.sallyport.gateway.settings.OpenFiles;
import io.sallyport.handlers.LimitHits;
import io.sallyport.keys.KeyParts;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.shell.ShellFactory;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SSH server: public keys only, no forwarding but to ports of jobs, bounded everywhere. */
public final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final int BACKLOG = 4096;
    private static final Duration CLOSING = Duration.ofSeconds(5);
    /** What a channel may send before anybody reads it: little, since there can be very many. */
    private static final long NARROW_WINDOW = 64 * 1024;

    /** Channels that may have a wide window at the same time. */
    private static final int WIDE_CHANNELS = 64;

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final Door server =
            (Door) ServerBuilder.builder().factory(Door::new).build();
    private final OpenChannels channels = new OpenChannels();
    private final Admission admission;
    private final SessionWatch watch;

    /**
     * What is told of connections.
     *
     * @param connections those that are open
     * @param hits of limits
     */
    public record Watchers(OpenConnections connections, LimitHits hits) {}

    /** What answers on the channels. */
    public record Surfaces(
            CommandFactory exec, ShellFactory shell, List<SubsystemFactory> subsystems, Forwarding forwarding) {}

    /** Sets the server up; it listens after {@link #start}. */
    public GatewayServer(
            Config config,
            HostKeys hostKeys,
            KeyParts keys,
            AuditLog audit,
            Watchers watchers,
            Surfaces surfaces,
            String version)
            throws IOException {
        this.admission = new Admission(config.limits(), most(config.limits()));
        this.watch = new SessionWatch(admission, keys.credentials());
        Algorithms.restrict(server, hostKeys.certificate().isPresent());
        listen(config.listen());
        login(keys, audit, hostKeys);
        admit(keys, watchers, config.limits());
        channels(config.limits(), surfaces);
        bounds(config.limits());
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Sallyport_" + version.replaceAll("[^0-9A-Za-z.]", "_"));
        keys.identities().onRemoved(fingerprint -> watch.look());
        keys.authorities().onChange(watch::look);
        keys.revocations().onChange(watch::look);
    }

    /**
     * Listens.
     *
     * @return the port
     * @throws IOException when the address cannot be had
     */
    public int start() throws IOException {
        server.start();
        return ((InetSocketAddress) server.getBoundAddresses().iterator().next()).getPort();
    }

    /** Takes no new connections; those that are there go on. */
    public void stopListening() {
        server.shut();
    }

    /** Waits a few seconds at most until the requests that are still open have been answered. */
    public void awaitLastAnswers() throws InterruptedException {
        channels.awaitNone(LAST_ANSWERS);
    }

    /** Ends all connections. Repeated calls do nothing. */
    @Override
    public void close() {
        watch.close();
        try {
            server.close(true).await(CLOSING);
        } catch (IOException e) {
            LOG.warn("closing the server failed", e);
        }
    }

    /** Of the files that may be open, connections do not take those that requests and builds need. */
    private static long most(Config.Limits limits) throws IOException {
        long files = OpenFiles.limit().orElse(Long.MAX_VALUE);
        long most = OpenFiles.forConnections(files);
        if (most < limits.connections().total() + limits.unauthenticated()) {
            LOG.warn(
                    "only {} files may be open, so there are at most {} connections; raise it: ulimit -n", files, most);
        }
        return most;
    }

    private void listen(Config.Listen listen) {
        server.setHost(listen.address());
        server.setPort(listen.port());
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.SOCKET_BACKLOG.set(server, BACKLOG);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
    }

    private void login(KeyParts keys, AuditLog audit, HostKeys hostKeys) {
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys.current().pair()));
        hostKeys.certificate()
                .ifPresent(certificate -> server.setHostKeyCertificateProvider(session -> List.of(certificate)));
        HostKeyNews news = new HostKeyNews(hostKeys.all());
        server.addChannelListener(news);
        server.setGlobalRequestHandlers(List.of(news, KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE));
        server.setUserAuthFactories(List.of(new PublicKeyLogin.Factory(keys.credentials(), audit)));
        server.addSessionListener(new Login(keys.identities(), audit));
    }

    private void admit(KeyParts keys, Watchers watchers, Config.Limits limits) {
        Sources sources = new Sources(limits.sourceBits4(), limits.sourceBits6());
        Penalties penalties = new Penalties(limits.penalties(), sources, System::nanoTime);
        server.addSessionListener(watchers.connections());
        server.addSessionListener(new AdmissionListener(admission, watch, keys.credentials(), watchers.hits()));
        server.addSessionListener(new PenaltyListener(penalties, watchers.hits()));
        server.setSessionFactory(new GatewaySessions(server, admission, penalties, sources, watchers.hits()));
    }

    private void channels(Config.Limits limits, Surfaces surfaces) {
        Semaphore wide = new Semaphore(WIDE_CHANNELS);
        server.setChannelFactories(
                List.of(new SessionChannels(limits, wide), new PortChannels(limits, wide, surfaces.forwarding())));
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setAgentFactory(null);
        server.setCommandFactory(surfaces.exec());
        server.setShellFactory(surfaces.shell());
        server.setSubsystemFactories(surfaces.subsystems());
    }

    private void bounds(Config.Limits limits) {
        CoreModuleProperties.AUTH_TIMEOUT.set(server, limits.loginGrace());
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, limits.loginTries());
        // The channel itself refuses with a reason; over MINA's own limit the whole connection would end.
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, limits.channels() + 1);
        CoreModuleProperties.WINDOW_SIZE.set(server, NARROW_WINDOW);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, limits.idle());
        Heartbeat heartbeat = new Heartbeat();
        server.setReservedSessionMessagesHandler(heartbeat);
        server.addChannelListener(heartbeat);
        server.addChannelListener(channels);
        server.setSessionHeartbeat(HeartbeatType.RESERVED, limits.heartbeat());
    }

    /** Makes channels to what the surface for that lets somebody reach (RFC 4254, section 7.2). */
    private record PortChannels(Config.Limits limits, Semaphore wide, Forwarding forwarding) implements ChannelFactory {
        @Override
        public String getName() {
            return PortChannel.TYPE;
        }

        @Override
        public Channel createChannel(Session session) {
            return new PortChannel(limits, wide, forwarding);
        }
    }

    /** Makes the usual type of channel (RFC 4254, section 6.1). */
    private record SessionChannels(Config.Limits limits, Semaphore wide) implements ChannelFactory {
        @Override
        public String getName() {
            return "session";
        }

        @Override
        public Channel createChannel(Session session) {
            return new GatewayChannel(limits, wide);
        }
    }
}
