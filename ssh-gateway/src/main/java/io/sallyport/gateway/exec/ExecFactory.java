package io.sallyport.gateway.exec;

import io.sallyport.gateway.channel.ChannelInput;
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
        return new ExecCommand(router, line, longestLine, success, ChannelInput.of(channel));
    }
}
