package io.sallyport.builds.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Content;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.blob.FileBlobStore;
import io.sallyport.builds.blob.Pace;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads of artifacts that lose their names meanwhile. */
class ArtifactsTarTest {
    @TempDir
    Path folder;

    @Test
    void aDownloadThatHasBegunHasItsEndWhateverIsRemoved() throws Exception {
        BlobStore blobs = FileBlobStore.open(folder);
        Content tar = tar(blobs);

        try (InputStream bytes = Channels.newInputStream(tar.open(0));
                TarArchiveInputStream entries = new TarArchiveInputStream(bytes)) {
            assertEquals("a", entries.getNextEntry().getName());
            assertEquals(0, collected(blobs));
            List<String> texts = new ArrayList<>();
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                texts.add(entry.getName() + "=" + new String(entries.readAllBytes(), UTF_8));
            }
            assertEquals(List.of("b=of b", "c=of c"), texts);
        }
        assertEquals(3, collected(blobs), "they are held no longer");
    }

    @Test
    void oneThatBeginsTooLateIsNoneAndHoldsNothing() throws Exception {
        BlobStore blobs = FileBlobStore.open(folder);
        Content tar = tar(blobs);
        assertEquals(3, collected(blobs));
        Artifact left = artifact(blobs, "a");

        assertTrue(tar.size().getAsLong() > 0);
        assertThrows(NoSuchFileException.class, () -> tar.open(0));
        assertTrue(blobs.read(left.blob().digest()).isPresent());
        assertEquals(1, collected(blobs));
    }

    private static long collected(BlobStore blobs) throws Exception {
        return blobs.collect(digests -> Set.of(), new Pace(1_000_000)).removed();
    }

    private static Content tar(BlobStore blobs) throws Exception {
        List<Artifact> artifacts = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            artifacts.add(artifact(blobs, name));
        }
        return ArtifactsTar.of(artifacts, Instant.EPOCH, blobs);
    }

    private static Artifact artifact(BlobStore blobs, String name) throws Exception {
        try (BlobWriter writer = blobs.create()) {
            writer.write(ByteBuffer.wrap(("of " + name).getBytes(UTF_8)));
            Blob blob = writer.commit();
            return new Artifact(name, blob, "job", false);
        }
    }
}
