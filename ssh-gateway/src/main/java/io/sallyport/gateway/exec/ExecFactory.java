package io.sallyport.gateway.exec;

import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.channel.Pace;
import io.sallyport.gateway.settings.Config;
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
    private final Config.Upload upload;
    private final JobShell shells;

    /**
     * Commands ask the router.
     *
     * @param longestLine characters of a request line
     * @param upload how slow a body may be
     * @param shells lets in who wants into a job
     */
    public ExecFactory(Router router, int longestLine, Config.Upload upload, JobShell shells) {
        this.router = router;
        this.longestLine = longestLine;
        this.upload = upload;
        this.shells = shells;
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
        ChannelInput body = ChannelInput.of(channel);
        body.keepTo(new Pace(upload));
        return new ExecCommand(router, line, longestLine, success, shells, body);
    }
}
