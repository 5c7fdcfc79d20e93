package io.sallyport.gateway.sftp;

import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.settings.Config;
import io.sallyport.handlers.Router;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;

/** The {@code sftp} subsystem, which {@code sftp}, {@code scp} and {@code sshfs} ask for. */
public final class SftpFactory implements SubsystemFactory {
    private final Router router;
    private final int handles;
    private final Config.Upload upload;

    /**
     * Shows what the router answers.
     *
     * @param handles that one channel may have open, from 1
     * @param upload how slow an upload may be
     */
    public SftpFactory(Router router, int handles, Config.Upload upload) {
        this.router = router;
        this.handles = handles;
        this.upload = upload;
    }

    @Override
    public String getName() {
        return "sftp";
    }

    @Override
    public Command createSubsystem(ChannelSession channel) {
        return new SftpCommand(router, handles, upload, ChannelInput.of(channel));
    }
}
