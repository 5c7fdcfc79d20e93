package io.sallyport.gateway.exec;

import io.sallyport.gateway.channel.PacketOutput;
import io.sallyport.gateway.transport.GatewaySession;
import java.io.IOException;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * Both directions of an answer.
 *
 * @param out standard output
 * @param err standard error
 */
public record Outputs(ChannelOutput out, ChannelOutput err) {
    /** Of a channel; with a terminal at the other end, line feeds become return and line feed. */
    public static Outputs of(ChannelSession channel, boolean terminal) {
        return new Outputs(
                new ChannelOutput(PacketOutput.standard(channel), terminal),
                new ChannelOutput(PacketOutput.error(channel), terminal));
    }

    /** How many bytes have been written in both. */
    public long written() {
        return out.written() + err.written();
    }

    /**
     * Sends what is held back together with the exit, which makes one write of a small answer.
     *
     * @param exit sends the end of the channel
     * @throws IOException when the peer is gone
     */
    void end(ChannelSession channel, Runnable exit) throws IOException {
        if (out.held() + err.held() > channel.getRemoteWindow().getSize()) {
            flush(); // it waits for the window, which nothing may do while packets are gathered
        }
        if (!(channel.getSession() instanceof GatewaySession session)) {
            throw new IllegalStateException("a channel of another server");
        }
        session.together(() -> {
            flush();
            exit.run();
        });
    }

    /** Sends what is held back. */
    public void flush() throws IOException {
        out.flush();
        err.flush();
    }
}
