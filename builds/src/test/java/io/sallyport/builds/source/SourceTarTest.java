package io.sallyport.builds.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.builds.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTarTest {
    @TempDir
    Path folder;

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = new Door(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "gz", "zstd", "xz"})
    void ofATarItIsTheTar(String format) throws Exception {
        byte[] tar =
                new TarMaker().file("a", 0755, new byte[100_000]).link("l", "a").bytes();
        Source source = door.accept(format.equals("tar") ? tar : SourceIntakeTest.compress(format, tar));

        assertContent(tar, new SourceTar(door.blobs).content(source));
    }

    @Test
    void ofAZipItIsATarOfTheSame() throws IOException {
        String deep = "ü".repeat(70) + "/" + "d".repeat(200) + "/";
        byte[] zip = new ZipMaker()
                .folder("src/")
                .file("src/a.txt", "alpha")
                .entry("run", 0100755, ZipEntry.DEFLATED, new byte[1000])
                .file(deep + "file", "x")
                .link("link", deep + "file")
                .file("empty", "")
                .bytes();
        Source source = door.accept(zip);
        Content content = new SourceTar(door.blobs).content(source);
        byte[] tar = read(content, 0);

        assertContent(tar, content);
        assertEquals(
                List.of(
                        "src/ 40755 0 ",
                        "src/a.txt 100644 5 ",
                        "run 100755 1000 ",
                        deep + "file 100644 1 ",
                        "link 120777 0 " + deep + "file",
                        "empty 100644 0 "),
                entries(tar));
        assertEquals(6 + 2, source.entries()); // and two folders that only a path implies
    }

    @Test
    void theTarMadeOfAZipIsAcceptedAsASource() throws IOException {
        byte[] zip =
                new ZipMaker().folder("d/").file("d/f", "x").link("l", "d/f").bytes();
        Source source = door.accept(zip);

        Source again = door.accept(read(new SourceTar(door.blobs).content(source), 0));

        assertEquals(source.entries(), again.entries());
        assertEquals(source.unpackedBytes(), again.unpackedBytes());
        assertEquals(source.tarBytes(), again.blob().bytes());
    }

    @Test
    void openingFailsWhenTheSourceIsGone() throws IOException {
        for (byte[] body : List.of(
                new TarMaker().file("a", "x").bytes(),
                new ZipMaker().file("a", "x").bytes())) {
            Source source = door.accept(body);
            Content content = new SourceTar(door.blobs).content(source);
            door.blobs.delete(source.blob().digest());
            assertThrows(IOException.class, () -> content.open(0));
        }
    }

    @Test
    void onlySoManyAreDecompressedAtOnce() throws Exception {
        byte[] xz =
                SourceIntakeTest.compress("xz", new TarMaker().file("a", "x").bytes());
        Content content = new SourceTar(door.blobs).content(door.accept(xz));
        List<ReadableByteChannel> open = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            open.add(content.open(0));
        }
        Thread impatient = Thread.startVirtualThread(() -> assertThrows(IOException.class, () -> content.open(0)));
        FutureTask<byte[]> patient = new FutureTask<>(() -> read(content, 0));
        Thread.startVirtualThread(patient);
        impatient.interrupt();
        impatient.join();
        assertFalse(patient.isDone());

        open.removeFirst().close();

        assertEquals(content.size().orElseThrow(), patient.get().length);
        for (ReadableByteChannel channel : open) {
            channel.close();
        }
    }

    private static void assertContent(byte[] expected, Content content) throws IOException {
        assertEquals(OptionalLong.of(expected.length), content.size());
        for (int offset : new int[] {0, 1, 511, 512, 1500, expected.length - 1, expected.length, expected.length + 9}) {
            byte[] rest = Arrays.copyOfRange(expected, Math.min(offset, expected.length), expected.length);
            assertArrayEquals(rest, read(content, offset));
        }
        try (ReadableByteChannel channel = content.open(1)) {
            ByteBuffer direct = ByteBuffer.allocateDirect(100);
            while (direct.hasRemaining() && channel.read(direct) >= 0) {
                // until it is full
            }
            byte[] start = new byte[100];
            direct.flip().get(start);
            assertArrayEquals(Arrays.copyOfRange(expected, 1, 101), start);
        }
        ReadableByteChannel channel = content.open(0);
        channel.close();
        channel.close();
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
    }

    private static byte[] read(Content content, long offset) throws IOException {
        try (InputStream in = Channels.newInputStream(content.open(offset))) {
            return in.readAllBytes();
        }
    }

    static void copy(Content content, long offset, Path target) throws IOException {
        Files.write(target, read(content, offset));
    }

    private static List<String> entries(byte[] tar) throws IOException {
        List<String> entries = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                int type = entry.isDirectory() ? 040000 : entry.isSymbolicLink() ? 0120000 : 0100000;
                String mode = Integer.toOctalString(type | entry.getMode() & 07777);
                entries.add(entry.getName() + " " + mode + " " + entry.getSize() + " " + entry.getLinkName());
            }
        }
        return entries;
    }
}
