package io.sallyport.gateway.subsystem;

import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.handlers.Router;
import java.time.Duration;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;

/** The {@code sallyport} subsystem (RFC 4254, section 6.5), for programs that hold one connection. */
public final class LineFactory implements SubsystemFactory {
    private final Router router;
    private final LineBounds bounds;

    /**
     * Shows what the router answers.
     *
     * @param longestLine bytes of a line in either direction, from 1
     * @param inFlight requests of one channel that have not ended, from 1
     * @param quiet time without a line after which a channel with a stream gets a sign of life
     */
    public LineFactory(Router router, int longestLine, int inFlight, Duration quiet) {
        this.router = router;
        this.bounds = new LineBounds(longestLine, inFlight, quiet);
    }

    @Override
    public String getName() {
        return "sallyport";
    }

    @Override
    public Command createSubsystem(ChannelSession channel) {
        return new LineCommand(router, bounds, ChannelInput.of(channel));
    }
}
