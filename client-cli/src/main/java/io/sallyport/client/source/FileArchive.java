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
import java.util.Collection;
import java.util.HexFormat;
import java.util.Objects;
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
    private final Manifest manifest;
    private final Collection<String> digests;
    private final boolean compressed;
    private final LongConsumer progress;

    /** The progress is told how many bytes of files have been sent. */
    FileArchive(Path folder, Manifest manifest, Collection<String> digests, boolean compressed, LongConsumer progress) {
        this.folder = folder;
        this.manifest = manifest;
        this.digests = digests;
        this.compressed = compressed;
        this.progress = progress;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(manifest.text());
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
            for (String digest : digests) {
                TreeEntry.RegularFile file =
                        Objects.requireNonNull(manifest.files().get(digest));
                add(file, digest, tar);
                sent += file.size();
                progress.accept(sent);
            }
        }
    }

    private void add(TreeEntry.RegularFile file, String digest, TarArchiveOutputStream tar) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(digest);
        entry.setSize(file.size());
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        MessageDigest sha256 = FileDigests.sha256();
        SourceFile.of(folder, file.path()).copyTo(new DigestOutputStream(tar, sha256), file.size());
        tar.closeArchiveEntry();
        if (!HexFormat.of().formatHex(sha256.digest()).equals(digest)) {
            throw new ClientException.BadSource(
                    "'" + file.path() + "' changed while it was sent, nothing was submitted: submit again");
        }
    }
}
