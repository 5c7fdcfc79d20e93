package io.sallyport.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;

/**
 * A key by which the gateway vouches for what builds have made, or for its users: Ed25519, in a file like that of the {@link HostKey},
 * with its public half next to it in a file whose name ends with {@code .pub}. It is another key than the host's, so
 * that either can be changed without the other. Any number of threads may sign at a time.
 */
public final class SigningKey {
    private static final String COMMENT = "sallyport signing key";

    private final KeyPair pair;

    private SigningKey(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * Reads the key, or makes one, durably, where there is no such file. The {@code .pub} file is written when it is
     * missing or tells another key.
     *
     * @throws KeyFileException when others than the owner may read or change the file, or it holds something else than
     *     one Ed25519 key without a passphrase
     * @throws IOException when a file cannot be read or written
     */
    public static SigningKey open(Path file) throws IOException {
        return open(file, COMMENT);
    }

    /** The same for another purpose, which the comment names. */
    public static SigningKey open(Path file, String comment) throws IOException {
        SigningKey key = new SigningKey(Files.exists(file) ? KeyFile.load(file) : KeyFile.make(file, comment));
        Path publicFile = file.resolveSibling(file.getFileName() + ".pub");
        if (!Files.exists(publicFile) || !Files.readString(publicFile).startsWith(key.publicLine())) {
            Files.writeString(publicFile, key.publicLine() + " " + comment + "\n");
        }
        return key;
    }

    /** {@code SHA256:} and unpadded base64, as {@code ssh-keygen -l} prints it. */
    public String fingerprint() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, pair.getPublic());
    }

    /** Type and base64, as in a {@code .pub} file before the comment. */
    public String publicLine() {
        return PublicKeyEntry.toString(pair.getPublic());
    }

    /**
     * Signs a message as {@code ssh-keygen -Y sign} does; see {@link SshSignature#make}.
     *
     * @param namespace what the signature is for: a verifier asks for the same
     */
    public String sign(String namespace, byte[] message) {
        return SshSignature.make(pair, namespace, message);
    }

    /**
     * The bare Ed25519 signature (RFC 8032) of bytes, 64 bytes. The bytes begin with what tells their purpose, or the
     * signature could be taken for one of something else.
     */
    public byte[] sign(byte[] bytes) {
        return SshSignature.ed25519(pair, bytes);
    }
}
