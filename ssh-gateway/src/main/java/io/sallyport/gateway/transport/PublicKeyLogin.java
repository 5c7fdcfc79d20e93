package io.sallyport.gateway.transport;

import io.sallyport.keys.CertificateRecord;
import io.sallyport.keys.CredentialCheck;
import io.sallyport.keys.Presented;
import io.sallyport.keys.Proof;
import io.sallyport.keys.audit.AuditEvent;
import io.sallyport.keys.audit.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authentication by public key (RFC 4252, section 7) or certificate. A client may first ask whether a key would do,
 * without a signature; that binds nothing. MINA's own method is not used: it knows neither certificates on security
 * keys nor which authorities are trusted, and does not compare the algorithm with the key.
 *
 * <p>Called on an I/O thread: looks up in memory only.
 */
final class PublicKeyLogin extends AbstractUserAuth {
    private static final Logger LOG = LoggerFactory.getLogger(PublicKeyLogin.class);
    private static final int LONGEST_ALGORITHM = 64;

    private final CredentialCheck credentials;
    private final AuditLog audit;

    private PublicKeyLogin(CredentialCheck credentials, AuditLog audit) {
        super(Factory.NAME);
        this.credentials = credentials;
        this.audit = audit;
    }

    /** Makes one for each request. */
    record Factory(CredentialCheck credentials, AuditLog audit) implements UserAuthFactory {
        static final String NAME = "publickey";

        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public UserAuth createUserAuth(ServerSession session) {
            return new PublicKeyLogin(credentials, audit);
        }
    }

    /** True when the signature is right, null when a key without one would do, false when not. */
    @Override
    protected @Nullable Boolean doAuth(Buffer request, boolean init) throws IOException {
        ServerSession session = getServerSession();
        session.removeAttribute(Peer.SIGNED);
        boolean signed = request.getBoolean();
        String algorithm = request.getString();
        byte[] blob = request.getBytes();
        byte[] signature = signed ? request.getBytes() : new byte[0];
        if (request.available() > 0 || algorithm.length() > LONGEST_ALGORITHM) {
            return refused("", Optional.empty(), "malformed request");
        }
        return switch (credentials.present(algorithm, blob, Address.host(session.getRemoteAddress()))) {
            case Presented.Refused refused -> refused(refused.fingerprint(), refused.certificate(), refused.reason());
            case Presented.Acceptable key when signed -> signed(key, algorithm, blob, signature);
            case Presented.Acceptable key -> {
                wouldDo(algorithm, blob);
                yield null;
            }
        };
    }

    private boolean signed(Presented.Acceptable key, String algorithm, byte[] blob, byte[] signature) {
        Optional<Proof> proof = key.verify(data(algorithm, blob), signature);
        if (proof.isEmpty()) {
            return refused(key.fingerprint(), key.certificate(), "wrong signature, or one without its user verified");
        }
        getServerSession().setAttribute(Peer.SIGNED, new Peer(key.identity(), proof.get()));
        return true;
    }

    /** What is signed: the session's identifier, so that a signature is good for one connection only, and the request. */
    private byte[] data(String algorithm, byte[] blob) {
        Buffer data = new ByteArrayBuffer();
        data.putBytes(getServerSession().getSessionId());
        data.putByte(SshConstants.SSH_MSG_USERAUTH_REQUEST);
        data.putString(getUsername());
        data.putString(getService());
        data.putString(Factory.NAME);
        data.putBoolean(true);
        data.putString(algorithm);
        data.putBytes(blob);
        return data.getCompactData();
    }

    private void wouldDo(String algorithm, byte[] blob) throws IOException {
        ServerSession session = getServerSession();
        byte[] name = algorithm.getBytes(StandardCharsets.UTF_8);
        Buffer answer = session.createBuffer(
                SshConstants.SSH_MSG_USERAUTH_PK_OK, name.length + blob.length + 2 * Integer.BYTES);
        answer.putBytes(name);
        answer.putBytes(blob);
        session.writePacket(answer);
    }

    private boolean refused(String fingerprint, Optional<CertificateRecord> certificate, String reason) {
        ServerSession session = getServerSession();
        LOG.info(
                "login refused source={} fingerprint={}{} reason={}",
                Address.text(session.getRemoteAddress()),
                fingerprint,
                certificate.map(Login::words).orElse(""),
                reason);
        audit.tellAside(new AuditEvent.LoginRefused(
                Peer.origin(session, String.valueOf(getUsername())), fingerprint, certificate, reason));
        return false;
    }
}
