package io.sallyport.client.mina;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.security.SecurityUtils;

/** A file with a private key, or with a public one whose private half the agent has. */
final class KeyFile {
    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.isReadable(path) && !Files.isDirectory(path);
    }

    /** The private key is behind a passphrase, or behind another one. */
    static final class Locked extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The key; empty for a public one, and for what is no key that can sign here, such as the stub of a security key.
     *
     * @param passphrase empty when none is known
     * @throws Locked when the passphrase is needed, or wrong
     */
    Optional<KeyPair> read(Optional<char[]> passphrase) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        boolean[] asked = {false};
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName(path.toString()),
                    new ByteArrayInputStream(bytes),
                    (session, resource, retry) -> {
                        asked[0] = true;
                        return passphrase.map(String::new).orElseThrow(Locked::new);
                    });
            return pairs == null
                    ? Optional.empty()
                    : Optional.of(pairs.iterator().next());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (asked[0]) {
                throw new Locked();
            }
            return Optional.empty();
        }
    }

    /** The public half, where it lies beside the key or the file itself has it. */
    Optional<PublicKey> publicKey() {
        return publicKey(Path.of(path + ".pub")).or(() -> publicKey(path));
    }

    /** The certificate that lies beside the key. */
    Optional<PublicKey> certificate() {
        return publicKey(Path.of(path + "-cert.pub"));
    }

    /** The public key or certificate in a file of one line. */
    static Optional<PublicKey> publicKey(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            return Optional.empty();
        }
        try {
            String line = Files.readString(file).strip();
            if (line.startsWith("-") || line.contains("\n")) {
                return Optional.empty();
            }
            return Optional.ofNullable(PublicKeyEntry.parsePublicKeyEntry(line)
                    .resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return Optional.empty(); // not text, or no key
        }
    }
}
