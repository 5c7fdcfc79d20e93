package io.sallyport.builds.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The file of a key ring, which the owner alone may read: a line in base64 for each key, the one that seals first.
 *
 * @param path of the file
 */
record KeyRingFile(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OF_OWNER = PosixFilePermissions.fromString("rwx------");
    private static final int LARGEST = 64 * 1024;
    private static final String HEAD = """
            # Seals the secrets of projects. Without this file they are lost: keep a copy, apart from the database.
            """;

    boolean exists() {
        return Files.exists(path);
    }

    /**
     * Reads it.
     *
     * @throws SecretsKeyException when others than the owner may use it, or it is no such file
     */
    KeyRing load(SecureRandom random) throws IOException {
        if (Files.getPosixFilePermissions(path).stream().anyMatch(some -> !OF_OWNER.contains(some))) {
            throw new SecretsKeyException(path, "others than its owner may use it; run: chmod 600 " + path);
        }
        if (Files.size(path) > LARGEST) {
            throw new SecretsKeyException(path, "is too large to be one");
        }
        List<SealingKey> keys = new ArrayList<>();
        for (String line :
                new String(Files.readAllBytes(path), US_ASCII).lines().toList()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                keys.add(SealingKey.parse(line.strip(), random)
                        .orElseThrow(() -> new SecretsKeyException(path, "is damaged: put its copy back")));
            }
        }
        if (keys.isEmpty()) {
            throw new SecretsKeyException(path, "has no key in it: put its copy back");
        }
        return new KeyRing(keys);
    }

    /** Writes it, durably: after a crash it is as before or as now. */
    void save(KeyRing ring) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        ring.keys().forEach(key -> text.append(key.text()).append('\n'));
        Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.deleteIfExists(next);
        try (FileChannel channel = FileChannel.open(
                next,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer bytes = US_ASCII.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder =
                FileChannel.open(path.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
