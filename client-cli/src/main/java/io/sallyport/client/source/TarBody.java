package io.sallyport.client.source;

import io.sallyport.client.Body;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tar in the pax format (POSIX.1-2001) of files, folders and symbolic links. Owners are left out, and of the
 * permissions only "executable" is kept, as in a git tree. A file has the size that it had when its turn came.
 */
final class TarBody implements Body {
    private static final int BUFFER = 64 * 1024;
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;
    private static final int LINK = 0777;

    private final Path folder;
    private final SortedSet<String> paths;
    private final Predicate<String> whole;
    private final Consumer<String> notices;

    TarBody(Path folder, SortedSet<String> paths, Predicate<String> whole, Consumer<String> notices) {
        this.folder = folder;
        this.paths = paths;
        this.whole = whole;
        this.notices = notices;
    }

    @Override
    @SuppressWarnings("resource") // Closing the tar would close the channel's stream, which is not ours to close.
    public void writeTo(OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(buffered, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (String path : paths) {
            add(path, tar);
        }
        tar.finish();
        buffered.flush();
    }

    private void add(String path, TarArchiveOutputStream tar) throws IOException {
        SourceFile file = SourceFile.of(folder, path);
        PosixFileAttributes attributes = file.attributes();
        if (attributes.isSymbolicLink()) {
            TarArchiveEntry link = entry(path, TarConstants.LF_SYMLINK, LINK, attributes);
            link.setLinkName(file.linkTarget());
            put(link, tar);
        } else if (attributes.isDirectory()) {
            put(entry(path + "/", TarConstants.LF_DIR, EXECUTABLE, attributes), tar);
        } else if (attributes.isRegularFile()) {
            boolean executable = attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
            TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL, executable ? EXECUTABLE : PLAIN, attributes);
            if (!whole.test(path)) {
                put(entry, tar);
                return;
            }
            entry.setSize(attributes.size());
            tar.putArchiveEntry(entry);
            file.copyTo(tar, attributes.size());
            tar.closeArchiveEntry();
        } else {
            notices.accept("'" + path + "' is left out: it is no file, folder or link");
        }
    }

    private static TarArchiveEntry entry(String path, byte type, int mode, PosixFileAttributes attributes) {
        TarArchiveEntry entry = new TarArchiveEntry(path, type);
        entry.setMode(mode);
        // Whole seconds, which fit the plain header.
        entry.setModTime(FileTime.from(attributes.lastModifiedTime().to(TimeUnit.SECONDS), TimeUnit.SECONDS));
        return entry;
    }

    private static void put(TarArchiveEntry entry, TarArchiveOutputStream tar) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
