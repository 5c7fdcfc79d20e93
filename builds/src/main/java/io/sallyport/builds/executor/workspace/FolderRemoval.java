package io.sallyport.builds.executor.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Removes a folder, whatever a job has made of it: files and folders without permissions, a tree deeper than any stack
 * or path. Nothing goes down into the tree; each folder that is met is moved up to the top and emptied there. Links are
 * removed, never followed. Only for folders whose processes have ended.
 */
public final class FolderRemoval {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path top;
    private final String prefix = UUID.randomUUID() + "-";
    private long moved;

    private FolderRemoval(Path top) {
        this.top = top;
    }

    /** Removes a folder and everything in it; does nothing when there is none. */
    public static void remove(Path folder) throws IOException {
        try {
            if (opened(folder)) {
                new FolderRemoval(folder).removeTop();
            } else {
                Files.delete(folder);
            }
        } catch (NoSuchFileException e) {
            // gone already
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void removeTop() throws IOException {
        boolean found = true;
        while (found) {
            found = false;
            try (DirectoryStream<Path> children = Files.newDirectoryStream(top)) {
                for (Path child : children) {
                    found = true;
                    if (opened(child)) {
                        empty(child);
                    }
                    Files.delete(child);
                }
            }
        }
        Files.delete(top);
    }

    private void empty(Path folder) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (opened(child)) {
                    Files.move(child, top.resolve(prefix + moved++), StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.delete(child);
                }
            }
        }
    }

    /** Whether it is a folder; then its owner may do everything in it, which moving and emptying it need. */
    private static boolean opened(Path path) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()) {
            return false;
        }
        if (!attributes.permissions().containsAll(OWNER)) {
            Files.setPosixFilePermissions(path, OWNER);
        }
        return true;
    }
}
