package io.sallyport.builds.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest {
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    private FileBlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = FileBlobStore.open(folder);
    }

    @Test
    void committedBytesAreFoundUnderTheirDigest() throws IOException {
        Blob blob = put("hello".getBytes(UTF_8));

        assertEquals(new Blob(new Digest(HELLO), 5), blob);
        Content content = store.read(blob.digest()).orElseThrow();
        assertEquals(OptionalLong.of(5), content.size());
        assertEquals("hello", text(content, 0));
        assertEquals(Optional.of(folder.resolve("blobs/sha256/2c/" + HELLO)), store.file(blob.digest()));
        assertEquals(List.of("blobs/sha256/2c/" + HELLO), files());
    }

    @Test
    void readsFromAnyOffset() throws IOException {
        Content content = store.read(put("hello".getBytes(UTF_8)).digest()).orElseThrow();

        assertEquals("llo", text(content, 2));
        assertEquals("", text(content, 5));
        assertEquals("", text(content, 99));
    }

    @Test
    void largeWritesAreHashedWhole() throws Exception {
        byte[] bytes = new byte[3 << 20];
        new Random(7).nextBytes(bytes);

        Blob blob = put(bytes);

        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertEquals(new Blob(new Digest(expected), bytes.length), blob);
        assertArrayEquals(bytes, Files.readAllBytes(store.file(blob.digest()).orElseThrow()));
    }

    @Test
    void writesOnlyWhatRemainsInTheBufferAndConsumesIt() throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(300_000)
                .put("xhello".getBytes(UTF_8))
                .flip()
                .position(1);
        try (BlobWriter writer = store.create()) {
            writer.write(direct);
            assertFalse(direct.hasRemaining());
            assertEquals(5, writer.bytes());
            assertEquals("hello", Files.readString(writer.file()));
            assertEquals(HELLO, writer.commit().digest().hex());
        }
    }

    @Test
    void theEmptyBlobIsABlob() throws IOException {
        Blob blob = put(new byte[0]);

        assertEquals(0, blob.bytes());
        assertEquals("", text(store.read(blob.digest()).orElseThrow(), 0));
    }

    @Test
    void equalBytesAreStoredOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Blob> same = () -> put("hello".getBytes(UTF_8));
            List<Future<Blob>> blobs =
                    threads.invokeAll(IntStream.range(0, 50).mapToObj(i -> same).toList());
            for (Future<Blob> blob : blobs) {
                assertEquals(HELLO, blob.get().digest().hex());
            }
        }
        assertEquals(List.of("blobs/sha256/2c/" + HELLO), files());
    }

    @Test
    void aDamagedFileIsReplacedByTheSameBytesWrittenAgain() throws IOException {
        Path file = store.file(put("hello".getBytes(UTF_8)).digest()).orElseThrow();
        Files.write(file, new byte[2]);

        put("hello".getBytes(UTF_8));

        assertEquals("hello", Files.readString(file));
    }

    @Test
    void closingWithoutCommitLeavesNothing() throws IOException {
        BlobWriter writer = store.create();
        writer.write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
        writer.close();
        writer.close();

        assertEquals(List.of(), files());
        assertEquals(Optional.empty(), store.read(new Digest(HELLO)));
        assertEquals(Optional.empty(), store.file(new Digest(HELLO)));
    }

    @Test
    void aWriterCommitsAtMostOnce() throws IOException {
        try (BlobWriter writer = store.create()) {
            writer.commit();
            assertThrows(IllegalStateException.class, writer::commit);
        }
    }

    @Test
    void collectedBytesAreGoneButWhoHasThemOpenReadsOn() throws Exception {
        Digest digest = put("hello".getBytes(UTF_8)).digest();
        try (ReadableByteChannel open = store.read(digest).orElseThrow().open(0)) {
            store.collect(digests -> Set.of(), new Pace(1_000_000));

            assertEquals(Optional.empty(), store.read(digest));
            assertEquals("hello", new String(Channels.newInputStream(open).readAllBytes(), UTF_8));
        }
    }

    @Test
    void openingRemovesWhatAnEarlierRunLeftUnfinishedAndKeepsTheRest() throws IOException {
        Digest digest = put("hello".getBytes(UTF_8)).digest();
        store.create().write(ByteBuffer.wrap("half".getBytes(UTF_8)));
        assertEquals(2, files().size());

        FileBlobStore again = FileBlobStore.open(folder);

        assertEquals(List.of("blobs/sha256/2c/" + HELLO), files());
        assertTrue(again.read(digest).isPresent());
    }

    @Test
    void everythingIsForItsOwnerAlone() throws IOException {
        put("hello".getBytes(UTF_8));
        store.create();
        try (Stream<Path> all = Files.walk(folder.resolve("blobs"))) {
            for (Path path : all.toList()) {
                String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
                assertEquals(expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
    }

    @Test
    void anInterruptedReaderClosesItsOwnChannelOnly() throws Exception {
        Content content = store.read(put("hello".getBytes(UTF_8)).digest()).orElseThrow();
        try (ReadableByteChannel other = content.open(0);
                ReadableByteChannel mine = content.open(0)) {
            Thread.currentThread().interrupt();
            assertThrows(ClosedByInterruptException.class, () -> mine.read(ByteBuffer.allocate(1)));
            assertTrue(Thread.interrupted());
            assertEquals("hello", new String(Channels.newInputStream(other).readAllBytes(), UTF_8));
        }
    }

    @Test
    void anInterruptedWriterLeavesNothing() throws IOException {
        try (BlobWriter writer = store.create()) {
            Thread.currentThread().interrupt();
            assertThrows(ClosedByInterruptException.class, () -> writer.write(ByteBuffer.allocate(1 << 20)));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(List.of(), files());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsToldApartFromOtherFailures() throws IOException {
        FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        Path file = Files.createFile(folder.resolve("blobs/tmp/full"));
        try (BlobWriter writer = new FileBlobWriter(store, file, full, new FileHold(store, new Holds()), true)) {
            assertThrows(StorageFullException.class, () -> writer.write(ByteBuffer.allocate(10)));
            assertThrows(StorageFullException.class, () -> writer.write(ByteBuffer.allocate(1 << 20)));
        }
        IOException other = new IOException("Input/output error");
        assertEquals(other, StorageFullException.recognise(other, folder));
        assertInstanceOf(
                StorageFullException.class,
                StorageFullException.recognise(new IOException("Disk quota exceeded"), folder));
    }

    private Blob put(byte[] bytes) throws IOException {
        try (BlobWriter writer = store.create()) {
            writer.write(ByteBuffer.wrap(bytes));
            return writer.commit();
        }
    }

    private static String text(Content content, long offset) throws IOException {
        try (ReadableByteChannel channel = content.open(offset)) {
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
