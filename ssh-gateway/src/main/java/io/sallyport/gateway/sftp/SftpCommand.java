package io.sallyport.gateway.sftp;

import io.sallyport.builds.StalledException;
import io.sallyport.gateway.channel.ChannelCommand;
import io.sallyport.gateway.channel.ChannelInput;
import io.sallyport.gateway.channel.PacketOutput;
import io.sallyport.gateway.settings.Config;
import io.sallyport.gateway.transport.Peer;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.sshd.server.channel.ChannelSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel that speaks SFTP. */
final class SftpCommand extends ChannelCommand {
    private static final Logger LOG = LoggerFactory.getLogger(SftpCommand.class);

    private final Router router;
    private final int handles;
    private final Config.Upload upload;

    SftpCommand(Router router, int handles, Config.Upload upload, ChannelInput input) {
        super("sftp", input);
        this.router = router;
        this.handles = handles;
        this.upload = upload;
    }

    @Override
    protected int serve(ChannelSession channel) throws IOException, InterruptedException {
        try (Conversation conversation = conversation(channel)) {
            conversation.run();
            return ExitStatus.OK;
        } catch (MalformedPacketException e) {
            LOG.warn("sftp channel ended: {}", e.getMessage());
            return ExitStatus.of(400);
        } catch (StalledException e) {
            return tell(channel, Problem.stalled(e.least(), e.window()));
        }
    }

    /** SFTP has no place for what is not an answer; clients show what comes on standard error. */
    private static int tell(ChannelSession channel, Problem problem) throws IOException {
        byte[] line = (problem.detail() + "\r\n").getBytes(StandardCharsets.UTF_8);
        PacketOutput err = PacketOutput.error(channel);
        err.put(line, 0, line.length);
        err.flush();
        return ExitStatus.of(problem.status());
    }

    private Conversation conversation(ChannelSession channel) throws IOException {
        Instant now = Instant.now();
        Records records = new Records(router, Peer.caller(channel, "sftp"));
        Handles open = new Handles(handles);
        Builds builds = new Builds(records, now);
        Tree tree = new Tree(builds, new Projects(records, builds, now), new Incoming(records, open, upload, now), now);
        return new Conversation(input(), new Replies(PacketOutput.standard(channel)), open, tree);
    }
}
