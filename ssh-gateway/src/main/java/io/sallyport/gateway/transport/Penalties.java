package io.sallyport.gateway.transport;

import io.sallyport.gateway.settings.Config;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Penalties per source (sshd_config(5) of OpenSSH 10, PerSourcePenalties). A successful login takes none away: it may
 * be the one key that whoever tries many has. May be used by any thread; never blocks for long.
 */
final class Penalties {
    private static final Logger LOG = LoggerFactory.getLogger(Penalties.class);

    private final Config.Penalties settings;
    private final Sources sources;
    private final LongSupplier nanoTime;
    private final PenaltyTable table4; // guarded by this
    private final PenaltyTable table6; // guarded by this

    /** No penalties yet. The clock gives nanoseconds and never goes back. */
    Penalties(Config.Penalties settings, Sources sources, LongSupplier nanoTime) {
        this.settings = settings;
        this.sources = sources;
        this.nanoTime = nanoTime;
        this.table4 = new PenaltyTable(settings);
        this.table6 = new PenaltyTable(settings);
    }

    /** Penalises the source of a connection. */
    synchronized void punish(@Nullable SocketAddress peer, Offence offence) {
        InetAddress address = punishable(peer);
        if (address == null) {
            return;
        }
        String source = sources.of(address);
        long now = nanoTime.getAsLong();
        if (table(address).add(source, offence.penalty(settings), now)) {
            LOG.warn(
                    "penalty begins source={} seconds={} reason={}",
                    source,
                    table(address).refused(source, now).toSeconds(),
                    offence.label());
        }
    }

    /** How long the source is still refused; zero when it is not. */
    synchronized Duration refused(@Nullable SocketAddress peer) {
        InetAddress address = punishable(peer);
        return address == null ? Duration.ZERO : table(address).refused(sources.of(address), nanoTime.getAsLong());
    }

    private @Nullable InetAddress punishable(@Nullable SocketAddress peer) {
        InetAddress address = peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (address == null) {
            return null;
        }
        String number = address.getHostAddress();
        boolean exempt = settings.exempt().stream().anyMatch(network -> network.contains(number));
        return exempt ? null : address;
    }

    private PenaltyTable table(InetAddress address) {
        return address instanceof Inet4Address ? table4 : table6;
    }
}
