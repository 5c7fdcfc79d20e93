package io.sallyport.builds.executor.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.sallyport.builds.source.WorkspaceEntry;
import io.sallyport.builds.source.WorkspaceEntry.Folder;
import io.sallyport.builds.source.WorkspaceEntry.HardLink;
import io.sallyport.builds.source.WorkspaceEntry.RegularFile;
import io.sallyport.builds.source.WorkspaceEntry.SymbolicLink;
import io.sallyport.builds.source.WorkspaceTar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the files of a tar into a workspace that nothing else changes meanwhile. Each folder on the way is looked at
 * before it is used: what is none, a link above all, is replaced by one.
 */
public final class WorkspaceUnpack {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path workspace;
    private final byte[] piece = new byte[128 << 10];
    /** Their permissions and times are set at the end, as what is put into them needs the one and changes the other. */
    private final Map<String, FolderState> folders = new LinkedHashMap<>();

    private String lastFolder = "";

    /** What a folder is to be in the end; without time, whatever it is then. */
    private record FolderState(
            Set<PosixFilePermission> permissions, @Nullable Instant modified) {}

    /** Into that folder. */
    public WorkspaceUnpack(Path workspace) {
        this.workspace = workspace;
    }

    /** Unpacks all of it, up to a number of entries. */
    public void unpack(InputStream stream, long entries) throws IOException, InterruptedException {
        try {
            WorkspaceTar tar = new WorkspaceTar(stream, entries);
            for (WorkspaceEntry entry = tar.next(); entry != null; entry = tar.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                add(entry, tar.body());
            }
            finish();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        }
    }

    private void add(WorkspaceEntry entry, InputStream body) throws IOException {
        makeFolder(parent(entry.path()));
        switch (entry) {
            case Folder folder -> {
                makeFolder(folder.path());
                folders.put(folder.path(), new FolderState(Permissions.of(folder.permissions()), folder.modified()));
            }
            case RegularFile file -> {
                Path path = cleared(file.path());
                write(path, body);
                setPermissions(path, Permissions.of(file.permissions()));
                setTime(path, file.modified());
            }
            case SymbolicLink link -> {
                Path path = cleared(link.path());
                Files.createSymbolicLink(path, pathOf(link.target()));
                setTime(path, link.modified());
            }
            case HardLink link -> {
                Path existing = existing(link);
                Files.createLink(cleared(link.path()), existing);
            }
        }
    }

    private Path existing(HardLink link) throws IOException {
        makeFolder(parent(link.target()));
        Path existing = place(link.target());
        if (!Files.isRegularFile(existing, NOFOLLOW_LINKS) || link.path().equals(link.target())) {
            throw new FileSystemException(link.path(), link.target(), "a hard link to what is no file");
        }
        makeFolder(parent(link.path()));
        return existing;
    }

    private void finish() throws IOException {
        for (Map.Entry<String, FolderState> each :
                folders.entrySet().stream().toList().reversed()) {
            Path path = place(each.getKey());
            if (Files.isDirectory(path, NOFOLLOW_LINKS)) { // else it has been replaced
                setPermissions(path, each.getValue().permissions());
                Instant modified = each.getValue().modified();
                if (modified != null) {
                    setTime(path, modified);
                }
            }
        }
    }

    /** The place of a path with nothing there. */
    private Path cleared(String path) throws IOException {
        Path place = place(path);
        if (Files.exists(place, NOFOLLOW_LINKS)) {
            FolderRemoval.remove(place);
            lastFolder = "";
        }
        return place;
    }

    /** Makes a folder and those above it, and sees to it that its owner can put something in. */
    private void makeFolder(String folder) throws IOException {
        if (folder.isEmpty() || folder.equals(lastFolder)) {
            return;
        }
        makeFolder(parent(folder));
        Path path = place(folder);
        PosixFileAttributes there = attributes(path);
        if (there == null || !there.isDirectory()) {
            if (there != null) {
                Files.delete(path);
            }
            Files.createDirectory(path);
            setPermissions(path, Permissions.of(0755));
            folders.remove(folder);
        } else if (!there.permissions().containsAll(OWNER)) {
            folders.putIfAbsent(folder, new FolderState(there.permissions(), null));
            Set<PosixFilePermission> open = EnumSet.copyOf(OWNER);
            open.addAll(there.permissions());
            setPermissions(path, open);
        }
        lastFolder = folder;
    }

    private static @Nullable PosixFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void write(Path path, InputStream body) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, NOFOLLOW_LINKS))) {
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }

    /** Set after creating, because the process's file mode mask changes what creating is given. */
    private static void setPermissions(Path path, Set<PosixFilePermission> permissions) throws IOException {
        Files.getFileAttributeView(path, PosixFileAttributeView.class, NOFOLLOW_LINKS)
                .setPermissions(permissions);
    }

    private static void setTime(Path path, Instant modified) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .setTimes(FileTime.from(modified), null, null);
    }

    private Path place(String path) throws IOException {
        return workspace.resolve(pathOf(path));
    }

    private Path pathOf(String path) throws IOException {
        try {
            return workspace.getFileSystem().getPath(path);
        } catch (InvalidPathException e) {
            throw new FileSystemException(path, null, "the gateway's locale has no UTF-8, so it cannot name this file");
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
