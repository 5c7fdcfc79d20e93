package io.sallyport.builds.engine;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Content;
import io.sallyport.builds.Contents;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.blob.BlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * All artifacts of a build as one tar (POSIX pax), made on the way: headers in memory, bytes from the store. As long as a
 * channel of it is open none of them is collected, so that what has begun has its end.
 */
final class ArtifactsTar implements Content {
    private static final int BLOCK = 512;
    private static final int EXECUTABLE = 0755;
    private static final int READABLE = 0644;

    private final List<Artifact> artifacts;
    private final BlobStore blobs;
    private final Content whole;

    private ArtifactsTar(List<Artifact> artifacts, Instant when, BlobStore blobs) {
        this.artifacts = artifacts;
        this.blobs = blobs;
        this.whole = Contents.concat(parts(artifacts, when, blobs));
    }

    static Content of(List<Artifact> artifacts, Instant when, BlobStore blobs) {
        return new ArtifactsTar(artifacts, when, blobs);
    }

    private static List<Content> parts(List<Artifact> artifacts, Instant when, BlobStore blobs) {
        List<Content> parts = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            parts.add(Contents.of(header(artifact, when)));
            parts.add(new Stored(artifact, blobs));
            int over = (int) (artifact.blob().bytes() % BLOCK);
            parts.add(Contents.of(new byte[over == 0 ? 0 : BLOCK - over]));
        }
        parts.add(Contents.of(new byte[2 * BLOCK]));
        return parts;
    }

    @Override
    public OptionalLong size() {
        return whole.size();
    }

    @Override
    public ReadableByteChannel open(long offset) throws IOException {
        BlobHold hold = blobs.hold();
        try {
            for (Artifact artifact : artifacts) {
                if (!hold.keep(artifact.blob().digest())) {
                    throw gone(artifact);
                }
            }
            return new HeldChannel(whole.open(offset), hold);
        } catch (IOException | RuntimeException e) {
            hold.close();
            throw e;
        }
    }

    private static NoSuchFileException gone(Artifact artifact) {
        return new NoSuchFileException(artifact.path(), null, "it has been removed meanwhile");
    }

    private record Stored(Artifact artifact, BlobStore blobs) implements Content {
        @Override
        public OptionalLong size() {
            return OptionalLong.of(artifact.blob().bytes());
        }

        @Override
        public ReadableByteChannel open(long offset) throws IOException {
            return blobs.read(artifact.blob().digest())
                    .orElseThrow(() -> gone(artifact))
                    .open(offset);
        }
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
