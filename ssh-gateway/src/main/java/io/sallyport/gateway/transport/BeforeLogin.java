package io.sallyport.gateway.transport;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;

/** Looks at each message of a connection that has not logged in. Called by the thread that decodes. */
final class BeforeLogin {
    private static final String NO_METHOD = "none";

    private volatile boolean tried;

    /**
     * Nothing of what follows a login (RFC 4250, section 4.1.2: 80 and above, and the answers to authentication) may
     * come before it.
     *
     * @throws SshException when it does, which ends the connection
     */
    void check(Buffer message) throws SshException {
        int start = message.rpos();
        int number = message.getUByte();
        if (number > SshConstants.SSH_MSG_USERAUTH_REQUEST) {
            throw new SshException(
                    SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "message " + number + " before authentication");
        }
        if (number == SshConstants.SSH_MSG_USERAUTH_REQUEST && !tried) {
            message.getString(); // the user
            message.getString(); // the service
            tried = !message.getString().equals(NO_METHOD); // which only asks for the methods (RFC 4252, section 5.2)
        }
        message.rpos(start);
    }

    /** Whether an authentication request has come that asks for more than the list of methods. */
    boolean tried() {
        return tried;
    }
}
