package io.sallyport.gateway.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.ReservedSessionMessagesHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Sends an ignored message (RFC 4253, section 11.2) now and then on connections that have a channel open, so that one
 * that waits for a quiet build is not closed as idle, on either side. A connection without any channel gets none, and is
 * closed after its idle time.
 */
final class Heartbeat implements ReservedSessionMessagesHandler, ChannelListener {
    private static final AttributeKey<AtomicInteger> CHANNELS = new AttributeKey<>();
    private static final byte[] NOTHING = "still here".getBytes(StandardCharsets.US_ASCII);

    @Override
    public boolean sendReservedHeartbeat(ConnectionService service) throws IOException {
        Session session = service.getSession();
        if (channels(session).get() == 0) {
            return false;
        }
        Buffer message = session.createBuffer(SshConstants.SSH_MSG_IGNORE, NOTHING.length + Integer.BYTES);
        message.putBytes(NOTHING);
        session.writePacket(message);
        return true;
    }

    @Override
    public void channelOpenSuccess(Channel channel) {
        channels(channel.getSession()).incrementAndGet();
    }

    @Override
    public void channelClosed(Channel channel, Throwable reason) {
        channels(channel.getSession()).decrementAndGet();
    }

    /** How many channels the session has open. */
    static int open(Session session) {
        return channels(session).get();
    }

    private static AtomicInteger channels(Session session) {
        return session.computeAttributeIfAbsent(CHANNELS, key -> new AtomicInteger());
    }
}
