package io.sallyport.gateway.transport;

import org.apache.sshd.server.SshServer;

/** MINA's server, whose port can be closed while its connections go on. */
final class Door extends SshServer {
    /** Takes no new connections. Repeated calls do nothing. */
    void shut() {
        if (acceptor != null) {
            acceptor.unbind();
        }
    }
}
