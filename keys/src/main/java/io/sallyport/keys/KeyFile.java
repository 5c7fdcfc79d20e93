package io.sallyport.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.loader.openssh.OpenSSHKeyPairResourceParser;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.io.resource.PathResource;

/**
 * A file with one of the gateway's own keys: Ed25519, in OpenSSH's format (its PROTOCOL.key) without a passphrase, which
 * the owner alone may read.
 */
final class KeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OF_OWNER = PosixFilePermissions.fromString("rwx------");
    private static final String NO_KEY = "is not one private key in OpenSSH's format without a passphrase";
    private static final int LARGEST_FILE = 16 * 1024;

    private KeyFile() {}

    /**
     * Makes a new key and writes it, durably, to a file that does not exist yet.
     *
     * @throws FileAlreadyExistsException when there is something of that name, which is left as it is
     * @throws IOException when the file cannot be written; it is gone then
     */
    static KeyPair make(Path file, String comment) throws IOException {
        KeyPair pair;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            pair = KeyUtils.generateKeyPair(KeyType.ED25519.sshName(), 256);
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 comes with BouncyCastle, which is always there", e);
        }
        write(file, text.toByteArray());
        return pair;
    }

    private static void write(Path file, byte[] text) throws IOException {
        Set<StandardOpenOption> anew = EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try (FileChannel channel = FileChannel.open(file, anew, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException e) {
                Files.delete(file);
                throw e;
            }
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true); // or the file's name might not outlive a power cut
            }
        }
    }

    /**
     * Reads a key that {@link #make} or {@code ssh-keygen -t ed25519} has written.
     *
     * @throws KeyFileException when others than the owner may read or change the file, or it holds something else than
     *     one Ed25519 key without a passphrase
     * @throws IOException when the file cannot be read
     */
    static KeyPair load(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(some -> !OF_OWNER.contains(some))) {
            throw new KeyFileException(file, "others than its owner may use it; run: chmod 600 " + file);
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new KeyFileException(file, "is too large to be a key");
        }
        KeyPair pair = parse(file, Files.readAllBytes(file));
        if (!KeyType.ED25519.sshName().equals(KeyUtils.getKeyType(pair))) {
            throw new KeyFileException(file, "is not an Ed25519 key");
        }
        return pair;
    }

    private static KeyPair parse(Path file, byte[] text) throws KeyFileException {
        try {
            Collection<KeyPair> pairs = OpenSSHKeyPairResourceParser.INSTANCE.loadKeyPairs(
                    null, new PathResource(file), FilePasswordProvider.EMPTY, new ByteArrayInputStream(text));
            if (pairs != null && pairs.size() == 1) {
                return pairs.iterator().next();
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            KeyFileException refused = new KeyFileException(file, NO_KEY);
            refused.initCause(e);
            throw refused;
        }
        throw new KeyFileException(file, NO_KEY);
    }
}
