package io.sallyport.gateway.transport;

import io.sallyport.gateway.settings.Config;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel that is to be connected with something (RFC 4254, section 7.2). It takes no requests. */
final class PortChannel extends GatewayChannel {
    static final String TYPE = "direct-tcpip";

    private static final Logger LOG = LoggerFactory.getLogger(PortChannel.class);

    private final Forwarding forwarding;

    PortChannel(Config.Limits limits, Semaphore wide, Forwarding forwarding) {
        super(limits, wide);
        this.forwarding = forwarding;
    }

    /** Asks on a thread of its own; the peer waits for the answer, and nobody else does. */
    @Override
    public OpenFuture open(long recipient, long window, long packet, Buffer buffer) {
        DefaultOpenFuture answer = new DefaultOpenFuture(this, this);
        String host = buffer.getString();
        long port = buffer.getUInt();
        Thread asking = Thread.ofVirtual().name("port-" + this).start(() -> {
            try {
                Forwarding.Reply reply = forwarding.ask(this, host, port);
                answer(recipient, answer, () -> super.open(recipient, window, packet, buffer), reply);
            } catch (IOException | InterruptedException | RuntimeException e) {
                LOG.debug("{} comes to nothing", this, e);
                answer.setException(e); // nothing happens when it was answered
                close(true);
            }
        });
        addCloseFutureListener(closed -> asking.interrupt());
        return answer;
    }

    /** Opens the channel, within the limits of its connection. */
    private interface Opening {
        OpenFuture open();
    }

    private void answer(long recipient, DefaultOpenFuture answer, Opening opening, Forwarding.Reply reply)
            throws IOException, InterruptedException {
        switch (reply) {
            case Forwarding.Reply.Refused refused -> {
                refuse(recipient, refused);
                close(true);
            }
            case Forwarding.Reply.Connected connected -> {
                try (Forwarding.Talk talk = connected.talk()) {
                    OpenFuture opened = opening.open();
                    if (opened.getException() != null) {
                        answer.setException(opened.getException());
                        return;
                    }
                    answer.setOpened(); // which sends the confirmation
                    talk.hold();
                    if (!isClosing()) {
                        sendEof();
                    }
                } finally {
                    close(false);
                }
            }
        }
    }

    /** In words of one's own, which the library has none for. Its future is never completed. */
    private void refuse(long recipient, Forwarding.Reply.Refused refused) throws IOException {
        Buffer failure = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE);
        failure.putUInt(recipient);
        failure.putUInt(refused.code());
        failure.putString(refused.words());
        failure.putString("");
        getSession().writePacket(failure);
    }

    @Override
    protected RequestHandler.Result handleInternalRequest(String type, boolean wantReply, Buffer buffer) {
        return RequestHandler.Result.ReplyFailure;
    }
}
