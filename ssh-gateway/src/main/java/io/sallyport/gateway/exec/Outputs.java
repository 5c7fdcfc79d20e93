package io.sallyport.gateway.exec;

import io.sallyport.gateway.transport.GatewaySession;
import java.io.IOException;
import org.apache.sshd.common.channel.RemoteWindow;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * Both directions of an answer.
 *
 * @param channel that they belong to
 * @param out standard output
 * @param err standard error
 */
record Outputs(ChannelSession channel, ChannelOutput out, ChannelOutput err) {
    private static final int LARGEST_PACKET = 256 * 1024;

    static Outputs of(ChannelSession channel, IoOutputStream out, IoOutputStream err, boolean terminal) {
        int packet = (int) Math.min(channel.getRemoteWindow().getPacketSize(), LARGEST_PACKET);
        return new Outputs(channel, new ChannelOutput(out, packet, terminal), new ChannelOutput(err, packet, terminal));
    }

    /**
     * Sends what is held back together with the ending, which a small answer then is one write of.
     *
     * @param ending sends the end of the channel
     * @throws IOException when the peer is gone
     */
    void end(Runnable ending) throws IOException {
        out.flush();
        err.flush();
        RemoteWindow window = channel.getRemoteWindow();
        if (out.held() + err.held() > window.getSize()) {
            // The end must not overtake what waits for the window.
            out.sendHeld();
            err.sendHeld();
            out.flush();
            err.flush();
        }
        if (!(channel.getSession() instanceof GatewaySession session)) {
            throw new IllegalStateException("a channel of another server");
        }
        session.together(() -> {
            out.sendHeld();
            err.sendHeld();
            ending.run();
        });
    }
}
