package io.sallyport.gateway.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all of a gateway's state, mode 0700.
 *
 * @param root the folder
 */
public record StateDirectory(Path root) {
    /** The file whose lock whoever removes old files has, or whoever must not lose any meanwhile. */
    public static final String REMOVING = "removing.lock";

    /** The comment of the gateway's own certificate authority. */
    public static final String USER_CA = "sallyport user certificate authority";

    /** Settings, read at start. */
    public Path config() {
        return root.resolve("sallyport.yml");
    }

    /** The Ed25519 host key, mode 0600. */
    public Path hostKey() {
        return root.resolve("host_key");
    }

    /** The Ed25519 key that signs what builds have made, mode 0600; its public half is next to it. */
    public Path signingKey() {
        return root.resolve("signing_key");
    }

    /** The keys that seal the secrets of projects, mode 0600; not in the database, so that a copy of that tells none. */
    public Path secretsKey() {
        return root.resolve("secrets.key");
    }

    /** The host key after this one, which clients are told of; it need not be there. */
    public Path nextHostKey() {
        return root.resolve("host_key.next");
    }

    /** A certificate for the host key; it need not be there. */
    public Path hostCertificate() {
        return root.resolve("host_key-cert.pub");
    }

    /** The Ed25519 key of the gateway's own certificate authority, mode 0600; its public half is next to it. */
    public Path userCaKey() {
        return root.resolve("user_ca_key");
    }

    /** Identities and keys. */
    public Path keysDatabase() {
        return root.resolve("keys.sqlite");
    }

    /** Projects and builds. */
    public Path buildsDatabase() {
        return root.resolve("db.sqlite");
    }

    /** Logs of builds. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The audit log. */
    public Path audit() {
        return root.resolve("audit");
    }

    /** Caches of projects. */
    public Path caches() {
        return root.resolve("cache");
    }

    /** Workspaces of running jobs. */
    public Path workspaces() {
        return root.resolve("workspaces");
    }

    /** Whether {@code init} has been here. */
    public boolean isInitialised() {
        return Files.exists(hostKey());
    }

    /** Makes the folder and those that lead to it. */
    public void create() throws IOException {
        if (root.getParent() != null) {
            Files.createDirectories(root.getParent());
        }
        if (!Files.isDirectory(root)) {
            Files.createDirectory(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /**
     * Takes the folder for this process, until the channel is closed or the process ends.
     *
     * @return null when another process has it
     */
    public @Nullable FileChannel lock() throws IOException {
        return lock("lock");
    }

    /**
     * Takes one thing about the folder for this process, waiting for another that has it, until the channel is closed or the
     * process ends.
     *
     * @param file in the folder, made if absent, that stands for the thing; asked for by one thread of this process at a time
     * @throws java.nio.channels.FileLockInterruptionException when the thread is interrupted
     */
    public FileChannel lockWhenFree(String file) throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.lock().isValid();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return channel;
    }

    /**
     * Takes one thing about the folder for this process, until the channel is closed or the process ends.
     *
     * @param file in the folder, made if absent, that stands for the thing
     * @return null when another process has it
     */
    public @Nullable FileChannel lock(String file) throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This very process has it already.
        }
        channel.close();
        return null;
    }
}
