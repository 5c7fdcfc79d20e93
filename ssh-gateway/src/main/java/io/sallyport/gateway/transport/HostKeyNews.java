package io.sallyport.gateway.transport;

import io.sallyport.keys.HostKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients which host keys there are, and proves to them that they are the gateway's (OpenSSH's PROTOCOL, section
 * 2.5), so that they learn the next one before it is used and forget the one before it.
 *
 * <p>They are told when their first channel is made, before it is confirmed: what they ask then is answered before
 * anything else, however short their visit is. Not earlier: MINA tells of a login before the peer has been told.
 */
final class HostKeyNews implements ChannelListener, RequestHandler<ConnectionService> {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeyNews.class);
    private static final AttributeKey<Boolean> TOLD = new AttributeKey<>();
    private static final String NEWS = "hostkeys-00@openssh.com";
    private static final String PROVE = "hostkeys-prove-00@openssh.com";

    private final List<HostKey> keys;

    HostKeyNews(List<HostKey> keys) {
        this.keys = List.copyOf(keys);
    }

    @Override
    public void channelInitialized(Channel channel) {
        Session session = channel.getSession();
        if (session.setAttribute(TOLD, true) != null) {
            return;
        }
        Buffer news = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
        news.putString(NEWS);
        news.putBoolean(false);
        keys.forEach(key -> news.putBytes(key.blob()));
        try {
            session.writePacket(news);
        } catch (IOException e) {
            LOG.debug("a peer is gone before it was told the host keys", e);
        }
    }

    @Override
    public Result process(ConnectionService service, String request, boolean wantReply, Buffer asked)
            throws IOException {
        if (!request.equals(PROVE)) {
            return Result.Unsupported;
        }
        Session session = service.getSession();
        Buffer proof = session.createBuffer(SshConstants.SSH_MSG_REQUEST_SUCCESS);
        for (int count = 0; asked.available() > 0; count++) {
            byte[] blob = asked.getBytes();
            Optional<HostKey> key = keys.stream()
                    .filter(candidate -> Arrays.equals(candidate.blob(), blob))
                    .findFirst();
            if (key.isEmpty() || count >= keys.size()) {
                return Result.ReplyFailure;
            }
            proof.putBytes(key.get().prove(PROVE, session.getSessionId()));
        }
        session.writePacket(proof);
        return Result.Replied;
    }
}
