package io.sallyport.gateway.dashboard;

import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.exec.JobShell;
import io.sallyport.gateway.transport.GatewayChannel;
import io.sallyport.handlers.LimitHits;
import io.sallyport.handlers.Router;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.shell.ShellFactory;

/**
 * Opens the dashboard for a terminal that asks for a shell, or for {@code dashboard}. Whoever has no terminal, or asks for something
 * else, gets what the surface behind it has for them.
 */
public final class DashboardFactory implements CommandFactory, ShellFactory {
    private final Router router;
    private final LimitHits hits;
    private final Bounds bounds;
    private final Clock clock;
    private final JobShell shells;
    private final Semaphore places;
    private final CommandFactory exec;
    private final ShellFactory shell;

    /**
     * Asks the router.
     *
     * @param hits told of each that is one too many
     * @param shells lets in who wants into a job
     * @param exec answers what is not for the dashboard, like {@code shell}
     */
    public DashboardFactory(
            Router router,
            LimitHits hits,
            Bounds bounds,
            Clock clock,
            JobShell shells,
            CommandFactory exec,
            ShellFactory shell) {
        this.router = router;
        this.hits = hits;
        this.bounds = bounds;
        this.clock = clock;
        this.shells = shells;
        this.places = new Semaphore(bounds.atOnce());
        this.exec = exec;
        this.shell = shell;
    }

    @Override
    public Command createCommand(ChannelSession channel, String line) throws IOException {
        return Wishes.isMeantBy(line) ? dashboard(channel, line) : exec.createCommand(channel, line);
    }

    @Override
    public Command createShell(ChannelSession channel) throws IOException {
        boolean terminal = channel instanceof GatewayChannel known && known.hasTerminal();
        return terminal ? dashboard(channel, "") : shell.createShell(channel);
    }

    private Command dashboard(ChannelSession channel, String line) {
        return new DashboardCommand(router, hits, bounds, clock, shells, places, line, ChannelInput.of(channel));
    }
}
