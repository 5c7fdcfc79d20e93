package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.workspace.Permissions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as a tar that the oldest {@code tar} of any image unpacks: plain entries of POSIX's ustar, of files and
 * folders alone. A folder comes twice, before and after what is in it, and its owner may always write there: not every
 * {@code tar} waits for the last file in it before it gives it its time and mode, or changes the mode of one that is there.
 */
final class SmallTar extends SimpleFileVisitor<Path> {
    /** The most bytes of one. Above that a shell takes longer to read it than an engine to unpack it. */
    static final int MOST = 128 << 10;

    private static final int LONGEST_NAME = 99;
    private static final long LATEST = (1L << 33) - 1; // seconds since 1970, in the eleven digits of a header
    private static final int HEADER = 512;
    private static final int OWNER_FILLS = 0700;

    private final Path folder;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");
    private boolean plain = true;

    private SmallTar(Path folder) {
        this.folder = folder;
    }

    /** That of what is in a folder, while nobody changes it; empty when it is too large, or has more than that. */
    static Optional<byte[]> of(Path folder) throws IOException {
        SmallTar made = new SmallTar(folder);
        Files.walkFileTree(folder, made);
        made.tar.finish();
        return made.plain && made.bytes.size() <= MOST ? Optional.of(made.bytes.toByteArray()) : Optional.empty();
    }

    /** One file, {@code file}, with a byte in it, in a folder of that name. */
    static byte[] ofOne(String folder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            begin(tar, new TarArchiveEntry(folder + "/"), OWNER_FILLS, Instant.EPOCH, 0);
            tar.closeArchiveEntry();
            begin(tar, new TarArchiveEntry(folder + "/file"), OWNER_FILLS, Instant.EPOCH, 1);
            tar.write('x');
            tar.closeArchiveEntry();
            begin(tar, new TarArchiveEntry(folder + "/"), OWNER_FILLS, Instant.EPOCH, 0);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes it", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
        return each.equals(folder) ? FileVisitResult.CONTINUE : folder(each, attributes);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        return each.equals(folder)
                ? FileVisitResult.CONTINUE
                : folder(each, Files.readAttributes(each, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    private FileVisitResult folder(Path each, BasicFileAttributes attributes) throws IOException {
        int mode = mode(each);
        TarArchiveEntry entry = new TarArchiveEntry(folder.relativize(each) + "/");
        return (mode & OWNER_FILLS) == OWNER_FILLS && put(entry, each, mode, attributes, 0)
                ? FileVisitResult.CONTINUE
                : refuse();
    }

    @Override
    public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile() || StagedTar.severalNames(each)) {
            return refuse();
        }
        TarArchiveEntry entry = new TarArchiveEntry(folder.relativize(each).toString());
        return put(entry, each, mode(each), attributes, attributes.size()) ? FileVisitResult.CONTINUE : refuse();
    }

    private FileVisitResult refuse() {
        plain = false;
        return FileVisitResult.TERMINATE;
    }

    private boolean put(TarArchiveEntry entry, Path each, int mode, BasicFileAttributes attributes, long size)
            throws IOException {
        long seconds = attributes.lastModifiedTime().toInstant().getEpochSecond();
        if (entry.getName().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                || seconds < 0
                || seconds > LATEST
                || size > MOST - HEADER - bytes.size()) {
            return false;
        }
        begin(tar, entry, mode, Instant.ofEpochSecond(seconds), size);
        if (!entry.isDirectory()) {
            Files.copy(each, tar);
        }
        tar.closeArchiveEntry();
        return bytes.size() <= MOST;
    }

    private static void begin(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode, Instant modified, long size)
            throws IOException {
        entry.setMode(mode);
        entry.setIds(0, 0); // whoever unpacks it owns it
        entry.setUserName("");
        entry.setGroupName("");
        entry.setLastModifiedTime(FileTime.from(modified));
        entry.setSize(size);
        tar.putArchiveEntry(entry);
    }

    private static int mode(Path each) throws IOException {
        return Permissions.mode(Files.getPosixFilePermissions(each, LinkOption.NOFOLLOW_LINKS));
    }
}
