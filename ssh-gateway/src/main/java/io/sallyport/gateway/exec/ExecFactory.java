package io.sallyport.gateway.exec;

import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Router;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.command.CommandFactory;
import org.apache.sshd.server.shell.ShellFactory;

/** Makes the command for an exec request, and for a shell request, which is the request for help. */
public final class ExecFactory implements CommandFactory, ShellFactory {
    private final Router router;
    private final int longestLine;

    /** Commands ask the router; a request line may have so many characters. */
    public ExecFactory(Router router, int longestLine) {
        this.router = router;
        this.longestLine = longestLine;
    }

    @Override
    public Command createCommand(ChannelSession channel, String line) {
        return command(channel, line, ExitStatus.OK);
    }

    @Override
    public Command createShell(ChannelSession channel) {
        return command(channel, "help", ExitStatus.of(400));
    }

    private Command command(ChannelSession channel, String line, int success) {
        // The receiver is set before the command starts, so that no byte of the body goes through MINA's own pipe.
        ChannelBody body = new ChannelBody(channel);
        channel.setDataReceiver(body);
        return new ExecCommand(router, line, longestLine, success, body);
    }
}
