package io.sallyport.builds.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Content;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.blob.Collected;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.blob.NamedBlobs;
import io.sallyport.builds.blob.Pace;
import io.sallyport.builds.blob.StorageFullException;
import io.sallyport.builds.source.Received.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sender, the store and the archive can each fail; it is told which one did. */
class IntakeFailureTest {
    @TempDir
    Path folder;

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = new Door(folder);
    }

    private static byte[] tar() {
        byte[] noise = new byte[2 << 20];
        new java.util.Random(5).nextBytes(noise);
        return new TarMaker().file("a", 0644, noise).bytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 700, 1 << 20})
    void aSenderThatIsGoneHasInterruptedItself(int after) throws IOException {
        InputStream body = new SequenceInputStream(new ByteArrayInputStream(tar(), 0, after), new Gone());

        assertEquals(new Refusal.Interrupted(), door.refuse(body, Door.LIMITS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zstd", "xz"})
    void alsoWithinCompressedData(String compressor) throws Exception {
        byte[] packed = SourceIntakeTest.compress(compressor, tar());
        InputStream body = new SequenceInputStream(new ByteArrayInputStream(packed, 0, 1_500_000), new Gone());

        assertEquals(new Refusal.Interrupted(), door.refuse(body, Door.LIMITS));
    }

    @Test
    void alsoBehindTheArchive() throws IOException {
        InputStream body = new SequenceInputStream(new ByteArrayInputStream(tar()), new Gone());

        assertEquals(new Refusal.Interrupted(), door.refuse(body, Door.LIMITS));
    }

    @Test
    void anInterruptOfTheThreadMeansTheSame() throws IOException {
        Thread.currentThread().interrupt();
        try {
            assertEquals(new Refusal.Interrupted(), door.refuse(tar()));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aFullDiskIsToldToTheSender() throws IOException {
        IOException full = new StorageFullException(new IOException("No space left on device"));
        SourceIntake intake = new SourceIntake(new FailingStore(door.blobs, full));

        Received received =
                intake.receive(Door.ANN, new ByteArrayInputStream(tar()), Door.LIMITS, Door.SPECS, door.files);

        assertEquals(
                new Refusal.StorageFull(),
                assertInstanceOf(Refused.class, received).refusal());
        assertTrue(door.files().isEmpty());
    }

    @Test
    void anyOtherFailureOfTheStoreIsTheGatewaysOwn() throws IOException {
        IOException broken = new IOException("Input/output error");
        SourceIntake intake = new SourceIntake(new FailingStore(door.blobs, broken));
        for (byte[] body : new byte[][] {tar(), new ZipMaker().file("a", "x").bytes()}) {
            assertSame(
                    broken,
                    assertThrows(
                            IOException.class,
                            () -> intake.receive(
                                    Door.ANN, new ByteArrayInputStream(body), Door.LIMITS, Door.SPECS, door.files)));
        }
        assertTrue(door.files().isEmpty());
    }

    /** A peer that went away. */
    private static final class Gone extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("Connection reset by peer");
        }
    }

    /** A true store whose writers take nothing. */
    private record FailingStore(BlobStore store, IOException reason) implements BlobStore {
        @Override
        public BlobWriter create() throws IOException {
            return new FailingWriter(store.create(), reason);
        }

        @Override
        public Optional<Content> read(Digest digest) {
            return store.read(digest);
        }

        @Override
        public Optional<Path> file(Digest digest) {
            return store.file(digest);
        }

        @Override
        public void delete(Digest digest) throws IOException {
            store.delete(digest);
        }

        @Override
        public BlobHold hold() {
            return store.hold();
        }

        @Override
        public Collected collect(NamedBlobs names, Pace pace) throws IOException, InterruptedException {
            return store.collect(names, pace);
        }

        @Override
        public Optional<IOException> failure() {
            return store.failure();
        }
    }

    private record FailingWriter(BlobWriter writer, IOException failure) implements BlobWriter {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            throw failure;
        }

        @Override
        public long bytes() {
            return writer.bytes();
        }

        @Override
        public Path file() throws IOException {
            return writer.file();
        }

        @Override
        public Blob commit() throws IOException {
            return writer.commit();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
