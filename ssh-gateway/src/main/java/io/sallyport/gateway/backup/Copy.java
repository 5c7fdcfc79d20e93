package io.sallyport.gateway.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Copies files for their owner's eyes only, each on the disk when that is done. For one thread. */
final class Copy {
    private static final int CHUNK = 256 << 10;

    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

    /**
     * Copies what a file holds when this begins; one that grows may be longer afterwards.
     *
     * @param to must not be there; folders that lead to it are made
     * @return the SHA-256 of the copy
     */
    String file(Path from, Path to) throws IOException {
        folderOf(to);
        MessageDigest sha256 = sha256();
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileChannel out = create(to)) {
            long left = in.size();
            while (left > 0) {
                chunk.clear().limit((int) Math.min(CHUNK, left));
                int count = in.read(chunk);
                if (count < 0) {
                    throw new IOException(from + " became shorter while it was copied");
                }
                left -= count;
                sha256.update(chunk.flip());
                chunk.rewind();
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Makes a file that only its owner may read, to be written; it must not be there. */
    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Makes the folders that lead to a file, for their owner only. */
    static void folderOf(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            folder(folder);
        }
    }

    /** Makes a folder, and those that lead to it, for their owner only. */
    static void folder(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
