package io.sallyport.builds.engine;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Content;
import io.sallyport.builds.Contents;
import io.sallyport.builds.blob.BlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** All artifacts of a build as one tar (POSIX pax), made on the way: headers in memory, bytes from the store. */
final class ArtifactsTar {
    private static final int BLOCK = 512;
    private static final int EXECUTABLE = 0755;
    private static final int READABLE = 0644;

    private ArtifactsTar() {}

    static Content of(List<Artifact> artifacts, Instant when, BlobStore blobs) {
        List<Content> parts = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            parts.add(Contents.of(header(artifact, when)));
            parts.add(blobs.read(artifact.blob().digest())
                    .orElseThrow(() -> new IllegalStateException("the store lacks " + artifact.blob())));
            int over = (int) (artifact.blob().bytes() % BLOCK);
            parts.add(Contents.of(new byte[over == 0 ? 0 : BLOCK - over]));
        }
        parts.add(Contents.of(new byte[2 * BLOCK]));
        return Contents.concat(parts);
    }

    private static byte[] header(Artifact artifact, Instant when) {
        TarArchiveEntry entry = new TarArchiveEntry(artifact.path());
        entry.setSize(artifact.blob().bytes());
        entry.setMode(artifact.executable() ? EXECUTABLE : READABLE);
        entry.setModTime(when.toEpochMilli());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Left open on purpose: closing would want the entry's bytes, which come from the store.
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        try {
            tar.putArchiveEntry(entry);
            tar.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
