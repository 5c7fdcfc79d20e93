package io.sallyport.builds.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.FileBlobStore;
import io.sallyport.builds.source.Received.Pending;
import io.sallyport.builds.source.Received.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A content store of a test's own with a door to it. */
final class Door {
    static final SourceLimits LIMITS = new SourceLimits(64 << 20, 64 << 20, 1000, 20);
    static final List<String> SPECS = List.of(".sallyport.yml", ".gitlab-ci.yml");

    /** Sees all builds and has no quota. */
    static final Sender ANN = new Sender("ann", true, bytes -> true);

    final Path folder;
    final FileBlobStore blobs;
    final SourceIntake intake;
    final RememberedFiles files = new RememberedFiles();

    Door(Path folder) throws IOException {
        this.folder = folder;
        this.blobs = FileBlobStore.open(folder);
        this.intake = new SourceIntake(blobs);
    }

    Pending pending(byte[] body) throws IOException {
        return assertInstanceOf(
                Pending.class, intake.receive(ANN, new ByteArrayInputStream(body), LIMITS, SPECS, files));
    }

    Source accept(byte[] body) throws IOException {
        try (Pending pending = pending(body)) {
            return pending.commit();
        }
    }

    Refusal refuse(byte[] body) throws IOException {
        return refuse(new ByteArrayInputStream(body), LIMITS);
    }

    /** A refusal, which leaves nothing behind. */
    Refusal refuse(InputStream body, SourceLimits limits) throws IOException {
        return refuse(ANN, body, limits);
    }

    Refusal refuse(Sender sender, InputStream body, SourceLimits limits) throws IOException {
        List<Path> before = files();
        Refusal refusal = assertInstanceOf(Refused.class, intake.receive(sender, body, limits, SPECS, files))
                .refusal();
        assertEquals(before, files());
        return refusal;
    }

    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
