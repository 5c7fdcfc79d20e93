package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.workspace.Permissions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The tar that a container is filled from: the folders of a job, and in its workspace what was put together in a folder of
 * the gateway's own. All of it but the folder above belongs to the job's user.
 */
final class StagedTar {
    private static final String WORKSPACE = ContainerPlaces.ROOT + "/" + ContainerPlaces.WORKSPACE;

    private final Path folder;
    private final ContainerUser user;
    private final Map<Object, String> linked = new HashMap<>(); // names of files that have several, by what they are

    StagedTar(Path folder, ContainerUser user) {
        this.folder = folder;
        this.user = user;
    }

    /** Writes all of it to a stream, which remains the caller's. */
    void write(OutputStream stream) throws IOException {
        TarArchiveOutputStream tar = begin(stream, user);
        Files.walkFileTree(folder, visitor(tar));
        tar.finish();
    }

    /** The same, of nothing but a job's folders, which are empty. */
    static void writeFolders(OutputStream stream, ContainerUser user) throws IOException {
        begin(stream, user).finish();
    }

    private static TarArchiveOutputStream begin(OutputStream stream, ContainerUser user) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(stream, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        FileTime now = FileTime.fromMillis(System.currentTimeMillis());
        add(tar, folder(ContainerPlaces.ROOT, 0755, new ContainerUser(0, 0), now));
        add(tar, folder(ContainerPlaces.ROOT + "/home", 0700, user, now));
        add(tar, folder(ContainerPlaces.ROOT + "/tmp", 0700, user, now));
        add(tar, folder(WORKSPACE, 0755, user, now));
        return tar;
    }

    private FileVisitor<Path> visitor(TarArchiveOutputStream tar) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                if (!each.equals(folder)) {
                    add(tar, folder(name(each), mode(each), user, attributes.lastModifiedTime()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    TarArchiveEntry link = new TarArchiveEntry(name(each), TarConstants.LF_SYMLINK);
                    link.setLinkName(Files.readSymbolicLink(each).toString());
                    add(tar, described(link, 0777, user, attributes.lastModifiedTime()));
                } else if (attributes.isRegularFile()) {
                    file(tar, each, attributes);
                } else {
                    throw new IOException("not a plain file: " + folder.relativize(each));
                }
                return FileVisitResult.CONTINUE;
            }
        };
    }

    private void file(TarArchiveOutputStream tar, Path each, BasicFileAttributes attributes) throws IOException {
        String first = severalNames(each) ? linked.putIfAbsent(attributes.fileKey(), name(each)) : null;
        if (first != null) {
            TarArchiveEntry link = new TarArchiveEntry(name(each), TarConstants.LF_LINK);
            link.setLinkName(first);
            add(tar, described(link, mode(each), user, attributes.lastModifiedTime()));
            return;
        }
        TarArchiveEntry entry =
                described(new TarArchiveEntry(name(each)), mode(each), user, attributes.lastModifiedTime());
        entry.setSize(attributes.size());
        tar.putArchiveEntry(entry);
        Files.copy(each, tar);
        tar.closeArchiveEntry();
    }

    static boolean severalNames(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
    }

    private String name(Path each) {
        return WORKSPACE + "/" + folder.relativize(each);
    }

    private static int mode(Path each) throws IOException {
        return Permissions.mode(Files.getPosixFilePermissions(each, LinkOption.NOFOLLOW_LINKS));
    }

    private static TarArchiveEntry folder(String name, int mode, ContainerUser owner, FileTime modified) {
        return described(new TarArchiveEntry(name + "/"), mode, owner, modified);
    }

    private static TarArchiveEntry described(TarArchiveEntry entry, int mode, ContainerUser owner, FileTime modified) {
        entry.setMode(mode);
        entry.setIds(owner.uid(), owner.gid());
        entry.setUserName("");
        entry.setGroupName("");
        entry.setLastModifiedTime(modified);
        return entry;
    }

    private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
