package io.sallyport.client.source;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A manifest and, behind it, some of its files in a tar, each named by its SHA-256. What is sent is hashed once more, so
 * that a file that has changed since is never taken for what it was.
 */
final class FileArchive implements Body {
    private static final int BUFFER = 256 << 10;
    private static final int COMPRESSION = 1;

    private final Path folder;
    private final byte[] manifest;
    private final Map<String, TreeEntry.RegularFile> files;
    private final boolean compressed;
    private final LongConsumer progress;

    /**
     * An archive.
     *
     * @param manifest it, or changes of one
     * @param files by the digests of their contents
     * @param progress is told how many bytes of files have been sent
     */
    FileArchive(
            Path folder,
            byte[] manifest,
            Map<String, TreeEntry.RegularFile> files,
            boolean compressed,
            LongConsumer progress) {
        this.folder = folder;
        this.manifest = manifest;
        this.files = files;
        this.compressed = compressed;
        this.progress = progress;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(manifest);
        if (files.isEmpty()) {
            return;
        }
        OutputStream open = new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                // The channel is not ours to close.
                flush();
            }
        };
        OutputStream packed = compressed ? new ZstdOutputStreamNoFinalizer(open, COMPRESSION) : open;
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new BufferedOutputStream(packed, BUFFER), StandardCharsets.UTF_8.name())) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            long sent = 0;
            for (Map.Entry<String, TreeEntry.RegularFile> file : files.entrySet()) {
                add(file.getValue(), file.getKey(), tar);
                sent += file.getValue().size();
                progress.accept(sent);
            }
        }
    }

    private void add(TreeEntry.RegularFile file, String digest, TarArchiveOutputStream tar) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(digest);
        entry.setSize(file.size());
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        MessageDigest sha256 = Sha256.maker();
        SourceFile.of(folder, file.path()).copyTo(new DigestOutputStream(tar, sha256), file.size());
        tar.closeArchiveEntry();
        if (!HexFormat.of().formatHex(sha256.digest()).equals(digest)) {
            throw new ClientException.BadSource(
                    "'" + file.path() + "' changed while it was sent, nothing was submitted: submit again");
        }
    }
}
