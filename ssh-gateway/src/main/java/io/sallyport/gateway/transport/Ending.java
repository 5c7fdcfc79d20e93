package io.sallyport.gateway.transport;

import java.io.IOException;
import java.time.Duration;
import org.apache.sshd.common.session.Session;

/** Ends sessions with a reason that the client prints, whether the client reads it or not. */
final class Ending {
    private static final Duration TO_READ_IT = Duration.ofSeconds(3);

    private Ending() {}

    /**
     * Sends the reason (RFC 4253, section 11.1) and closes the connection after 3 seconds at most. Returns at once: a
     * client that reads nothing more must delay nobody.
     *
     * @param code the reason as a number
     */
    static void end(Session session, int code, String reason) {
        Thread.ofVirtual().name("ending").start(() -> {
            Thread sender = Thread.ofVirtual().name("last words").start(() -> {
                try {
                    GatewayChannel.sayLastWords(session);
                    session.disconnect(code, reason);
                } catch (IOException e) {
                    session.close(true);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            try {
                sender.join(TO_READ_IT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close(session);
        });
    }

    private static void close(Session session) {
        try {
            if (!session.close(false).await(TO_READ_IT)) {
                session.close(true);
            }
        } catch (IOException e) {
            session.close(true);
        }
    }
}
