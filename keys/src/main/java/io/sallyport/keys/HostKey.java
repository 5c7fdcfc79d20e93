package io.sallyport.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;

/**
 * The key by which the gateway proves to its clients who it is: Ed25519, in a file of OpenSSH's format (its
 * PROTOCOL.key) without a passphrase, which the owner alone may read.
 */
public final class HostKey {
    private final KeyPair pair;

    private HostKey(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * Makes a new key and writes it, durably, to a file that does not exist yet.
     *
     * @throws FileAlreadyExistsException when there is something of that name, which is left as it is
     * @throws IOException when the file cannot be written; it is gone then
     */
    public static HostKey make(Path file) throws IOException {
        return new HostKey(KeyFile.make(file, "sallyport"));
    }

    /**
     * Reads a key that {@link #make} or {@code ssh-keygen -t ed25519} has written.
     *
     * @throws KeyFileException when others than the owner may read or change the file, or it holds something else than
     *     one Ed25519 key without a passphrase
     * @throws IOException when the file cannot be read
     */
    public static HostKey load(Path file) throws IOException {
        return new HostKey(KeyFile.load(file));
    }

    /** The key, made by the providers that Apache MINA SSHD uses. */
    public KeyPair pair() {
        return pair;
    }

    /** {@code SHA256:} and unpadded base64, as {@code ssh-keygen -l} prints it. */
    public String fingerprint() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, pair.getPublic());
    }

    /** Type and base64, as in a {@code known_hosts} file after the host names. */
    public String publicLine() {
        return PublicKeyEntry.toString(pair.getPublic());
    }

    /** The public key as it is on the wire. */
    public byte[] blob() {
        return KeyBlob.ofLine(publicLine()).bytes();
    }

    /**
     * Proves to the peer of a session that the gateway has this key (OpenSSH's PROTOCOL, section 2.5).
     *
     * @param purpose the name of the request
     * @param session its identifier
     * @return the signature as it is on the wire
     */
    public byte[] prove(String purpose, byte[] session) {
        byte[] signed =
                new WireWriter().string(purpose).string(session).string(blob()).toBytes();
        return new WireWriter()
                .string(KeyType.ED25519.sshName())
                .string(SshSignature.ed25519(pair, signed))
                .toBytes();
    }

    /**
     * Signs a message; see {@link SshSignature#make}. Any number of threads may sign at a time.
     *
     * @param namespace what the signature is for: a verifier asks for the same
     */
    public String sign(String namespace, byte[] message) {
        return SshSignature.make(pair, namespace, message);
    }
}
