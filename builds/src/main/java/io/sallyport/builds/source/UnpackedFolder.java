package io.sallyport.builds.source;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.sallyport.builds.source.Entry.Folder;
import io.sallyport.builds.source.Entry.HardLink;
import io.sallyport.builds.source.Entry.RegularFile;
import io.sallyport.builds.source.Entry.SymbolicLink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A folder that is being filled with the entries of a source. Nothing in it is ever overwritten or followed. */
final class UnpackedFolder {
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> RUNNABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path root;
    private final byte[] piece = new byte[128 << 10];
    /** Their times are set at the end, as what is put into them changes these. */
    private final List<Folder> folders = new ArrayList<>();

    private String lastFolder = "";

    UnpackedFolder(Path root) {
        this.root = root;
    }

    /** Adds an entry; {@code body} is read if it is a file. */
    void add(Entry entry, InputStream body) throws IOException {
        if (!entry.path().isEmpty()) {
            makeFolders(Names.parent(entry.path()));
        }
        switch (entry) {
            case Folder folder -> {
                makeFolders(folder.path());
                folders.add(folder);
            }
            case RegularFile file -> write(file, body);
            case SymbolicLink link -> {
                Path path = place(link.path());
                Files.createSymbolicLink(path, pathOf(link.target()));
                setTime(path, link.modified());
            }
            case HardLink link -> {
                Path existing = place(link.target());
                if (!Files.isRegularFile(existing, NOFOLLOW_LINKS)) {
                    throw new FileSystemException(existing.toString(), null, "not the file that was unpacked");
                }
                Files.createLink(place(link.path()), existing);
            }
        }
    }

    /** Ends the filling: folders get their times. */
    void finish() throws IOException {
        for (Folder folder : folders.reversed()) {
            if (!folder.path().isEmpty()) {
                setTime(place(folder.path()), folder.modified());
            }
        }
    }

    private void write(RegularFile file, InputStream body) throws IOException {
        Path path = place(file.path());
        try (SeekableByteChannel channel = Files.newByteChannel(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, NOFOLLOW_LINKS))) {
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
        setMode(path, file.executable());
        setTime(path, file.modified());
    }

    /** Makes the folder and those above it; each must be a true folder and no link to one. */
    private void makeFolders(String folder) throws IOException {
        if (folder.isEmpty() || folder.equals(lastFolder)) {
            return;
        }
        makeFolders(Names.parent(folder));
        Path path = place(folder);
        if (!Files.exists(path, NOFOLLOW_LINKS)) {
            Files.createDirectory(path);
            setMode(path, true);
        } else if (!Files.isDirectory(path, NOFOLLOW_LINKS)) {
            throw new FileSystemException(path.toString(), null, "not a folder");
        }
        lastFolder = folder;
    }

    /** Set after creating, because the process's file mode mask changes what creating is given. */
    private static void setMode(Path path, boolean runnable) throws IOException {
        Files.getFileAttributeView(path, PosixFileAttributeView.class, NOFOLLOW_LINKS)
                .setPermissions(runnable ? RUNNABLE : PLAIN);
    }

    private static void setTime(Path path, Instant modified) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .setTimes(FileTime.from(modified), null, null);
    }

    private Path place(String path) throws IOException {
        return root.resolve(pathOf(path));
    }

    private Path pathOf(String path) throws IOException {
        try {
            return root.getFileSystem().getPath(path);
        } catch (InvalidPathException e) {
            throw new FileSystemException(path, null, "the gateway's locale has no UTF-8, so it cannot name this file");
        }
    }
}
