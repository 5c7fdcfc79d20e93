package io.sallyport.gateway.transport;

import io.sallyport.keys.CredentialCheck;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions whose key, certificate or identity would not let them in any more: removed, revoked, expired or
 * locked. Looks at all of them when something has changed, and once a second for what time alone does.
 */
final class SessionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

    private final Admission admission;
    private final CredentialCheck credentials;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private final Thread thread;
    private boolean changed; // guarded by the lock

    /** Watches until it is closed. */
    SessionWatch(Admission admission, CredentialCheck credentials) {
        this.admission = admission;
        this.credentials = credentials;
        this.thread = Thread.ofVirtual().name("session watch").start(this::watch);
    }

    /** Something has changed. Returns at once. */
    void look() {
        lock.lock();
        try {
            changed = true;
            due.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends a session that would not be let in any more; for one that has just come in. */
    void look(Session session) {
        Peer peer = Peer.of(session);
        if (peer == null) {
            return;
        }
        Optional<String> objection =
                credentials.objection(peer.identity(), peer.proof(), Address.host(session.getRemoteAddress()));
        if (objection.isPresent() && admission.dismiss(session)) {
            LOG.info("session ended identity={} reason={}", peer.identity(), objection.get());
            Ending.end(session, SshConstants.SSH2_DISCONNECT_BY_APPLICATION, objection.get());
        }
    }

    private void watch() {
        try {
            while (!Thread.interrupted()) {
                awaitDue();
                for (Session session : admission.inside()) {
                    lookSafely(session);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void lookSafely(Session session) {
        try {
            look(session);
        } catch (RuntimeException e) {
            LOG.error("cannot tell whether a session may go on", e);
        }
    }

    private void awaitDue() throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(1);
            while (!changed && left > 0) {
                left = due.awaitNanos(left);
            }
            changed = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
