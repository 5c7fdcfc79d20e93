package io.sallyport.builds.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.Refusal.TooLarge;
import io.sallyport.builds.source.Received.Pending;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class SourceLimitsTest {
    private static final int MIB = 1 << 20;
    private static final SourceLimits SMALL = new SourceLimits(64 * MIB, 8 * MIB, 50, 4);

    @TempDir
    Path folder;

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = new Door(folder);
    }

    @Test
    void aBodyMayBeAsLongAsTheLimitAndNotAByteLonger() throws IOException {
        byte[] tar = new TarMaker().file("a", 0644, new byte[MIB]).bytes();

        SourceLimits exact = new SourceLimits(tar.length, MIB + 512, 1, 0);
        try (Pending pending = assertInstanceOf(
                Pending.class,
                door.intake.receive(Door.ANN, new ByteArrayInputStream(tar), exact, Door.SPECS, door.files))) {
            assertEquals(1, pending.commit().entries());
        }
        SourceLimits less = new SourceLimits(tar.length - 1, MIB + 512, 1, 0);
        assertEquals(new TooLarge("bytes", tar.length - 1), refuse(tar, less));
    }

    @Test
    void anEndlessBodyIsCutAtTheLimit() throws IOException {
        byte[] header = header("endless", 1L << 30);
        InputStream body = new SequenceInputStream(new ByteArrayInputStream(header), new Zeros(Long.MAX_VALUE));

        assertEquals(new TooLarge("bytes", 5 * MIB), door.refuse(body, new SourceLimits(5 * MIB, 1L << 40, 50, 4)));
    }

    @Test
    void whatAFileSaysToMeasureCountsBeforeItIsThere() throws IOException {
        assertEquals(new TooLarge("unpacked bytes", 8 * MIB), refuse(header("huge", 1L << 32), SMALL));
    }

    @Test
    void entriesAreCountedWithTheFoldersTheyImply() throws IOException {
        TarMaker many = new TarMaker();
        for (int i = 0; i < 51; i++) {
            many.file("f" + i, "");
        }
        assertEquals(new TooLarge("entries", 50), refuse(many.bytes(), SMALL));

        TarMaker implied = new TarMaker();
        for (int i = 0; i < 20; i++) {
            implied.file("d" + i + "/e/f", "");
        }
        assertEquals(new TooLarge("entries", 50), refuse(implied.bytes(), SMALL));

        TarMaker again = new TarMaker();
        for (int i = 0; i < 51; i++) {
            again.folder("same/");
        }
        assertEquals(new TooLarge("entries", 50), refuse(again.bytes(), SMALL));

        ZipMaker zip = new ZipMaker();
        for (int i = 0; i < 51; i++) {
            zip.file("f" + i, "");
        }
        assertEquals(new TooLarge("entries", 50), refuse(zip.bytes(), SMALL));
    }

    @Test
    void depthIsCountedInFolders() throws IOException {
        assertEquals(5, accept(new TarMaker().file("a/b/c/d/f", "").bytes()).entries());
        assertEquals(
                new TooLarge("depth", 4),
                refuse(new TarMaker().file("a/b/c/d/e/f", "").bytes(), SMALL));
        assertEquals(
                new TooLarge("depth", 4),
                refuse(new TarMaker().folder("a/b/c/d/e/").bytes(), SMALL));
        assertEquals(
                new TooLarge("depth", 4),
                refuse(new TarMaker().link("l", "a/b/c/d/e/../x").bytes(), SMALL));
        assertEquals(
                new TooLarge("depth", 4),
                refuse(new ZipMaker().file("a/b/c/d/e/f", "").bytes(), SMALL));
    }

    private Source accept(byte[] body) throws IOException {
        try (Pending pending = assertInstanceOf(
                Pending.class,
                door.intake.receive(Door.ANN, new ByteArrayInputStream(body), SMALL, Door.SPECS, door.files))) {
            return pending.commit();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zstd", "xz"})
    void aBombOfOneLargeFileIsRefusedByWhatItSays(String compressor) throws Exception {
        byte[] bomb = compressed(compressor, header("bomb", 1 << 30), 32L * MIB);

        assertEquals(new TooLarge("unpacked bytes", 8 * MIB), refuse(bomb, SMALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zstd", "xz"})
    void aBombOfPaddingIsRefused(String compressor) throws Exception {
        byte[] bomb = compressed(compressor, new TarMaker().file("a", "").bytes(), 32L * MIB);

        assertEquals(new TooLarge("unpacked bytes", 8 * MIB), refuse(bomb, SMALL));
    }

    @Test
    void aBombOfExtendedHeadersIsRefused() throws Exception {
        TarMaker tar = new TarMaker();
        for (int i = 0; i < 10; i++) {
            tar.raw('K', new byte[MIB]).file("f" + i, "");
        }
        assertEquals(
                new TooLarge("unpacked bytes", 8 * MIB), refuse(SourceIntakeTest.compress("gz", tar.bytes()), SMALL));
    }

    @Test
    void aBombInAZipIsRefusedByWhatItSaysAndByWhatItIs() throws IOException {
        byte[] zip = new ZipMaker()
                .entry("bomb", 0100644, ZipEntry.DEFLATED, new byte[16 * MIB])
                .bytes();
        assertEquals(new TooLarge("unpacked bytes", 8 * MIB), refuse(zip, SMALL));

        int record = HostileEntriesTest.indexOf(zip, 0x02014b50);
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(record + 24, 10);
        assertTrue(refuse(zip, SMALL).toString().contains("is longer than its size says"));
    }

    @Test
    void aZstdWindowOfMoreThan8MiBIsRefused() throws IOException {
        byte[] tar = new TarMaker().file("a", 0644, new byte[20 * MIB]).bytes();
        for (int bits : new int[] {24, 27}) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (ZstdOutputStream out = new ZstdOutputStream(packed).setLong(bits)) {
                out.write(tar);
            }
            assertEquals(new TooLarge("compression window", 8 * MIB), door.refuse(packed.toByteArray()));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(packed, 19)) {
            out.write(tar);
        }
        assertEquals(1, door.accept(packed.toByteArray()).entries());
    }

    @Test
    void anXzDictionaryOfMoreThan8MiBIsRefused() throws IOException {
        byte[] tar = new TarMaker().file("a", "x").bytes();
        for (int preset : new int[] {7, 9}) {
            assertEquals(new TooLarge("compression window", 8 * MIB), door.refuse(xz(tar, preset)));
        }
        assertEquals(1, door.accept(xz(tar, LZMA2Options.PRESET_DEFAULT)).entries());
    }

    private static byte[] xz(byte[] bytes, int preset) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (XZOutputStream out = new XZOutputStream(packed, new LZMA2Options(preset))) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private Refusal refuse(byte[] body, SourceLimits limits) throws IOException {
        return door.refuse(new ByteArrayInputStream(body), limits);
    }

    private static byte[] header(String name, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        byte[] header = new byte[512];
        entry.writeEntryHeader(header);
        return header;
    }

    private static byte[] compressed(String compressor, byte[] start, long zeros) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(compressor, packed)) {
            out.write(start);
            new Zeros(zeros).transferTo(out);
        }
        return packed.toByteArray();
    }

    /** So many zeros. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(target, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }
    }
}
