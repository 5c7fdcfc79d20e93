package io.sallyport.client.mina;

import java.util.concurrent.CountDownLatch;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/**
 * What one connection is made with.
 *
 * @param principal the name that a certificate of the host has to be for
 * @param checked is at zero once the host's key has been accepted, or the connection is closed
 */
record Login(HostKeyCheck hostKey, Identities.Offer offer, String principal, CountDownLatch checked) {
    private static final AttributeKey<Login> KEY = new AttributeKey<>();

    /** As it goes with the connection. */
    AttributeRepository context() {
        return AttributeRepository.ofKeyValuePair(KEY, this);
    }

    static Login of(ClientSession session) {
        AttributeRepository context = session.getConnectionContext();
        Login login = context == null ? null : context.getAttribute(KEY);
        if (login == null) {
            throw new IllegalStateException("a connection that was not made here");
        }
        return login;
    }
}
