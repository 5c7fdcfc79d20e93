package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.Refusal.DamagedArchive;
import io.sallyport.builds.Refusal.EmptyBody;
import io.sallyport.builds.Refusal.UnknownFormat;
import io.sallyport.builds.source.Received.Pending;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedArchiveTest {
    private static final int LOCAL = 0x04034b50;
    private static final int RECORD = 0x02014b50;
    private static final int END = 0x06054b50;

    @TempDir
    Path folder;

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = new Door(folder);
    }

    private static byte[] tar() {
        byte[] noise = new byte[3000];
        new Random(3).nextBytes(noise);
        return new TarMaker()
                .file("noise", 0644, noise)
                .file("long".repeat(60), "pax")
                .link("l", "noise")
                .bytes();
    }

    private static byte[] zip() {
        return new ZipMaker().file("a", "alpha alpha alpha").file("b", "beta").bytes();
    }

    @Test
    void aTarThatIsCutAnywhereIsDamaged() throws IOException {
        byte[] tar = tar();
        for (int length = 512; length < tar.length; length += 256) {
            assertInstanceOf(DamagedArchive.class, door.refuse(Arrays.copyOf(tar, length)), "at " + length);
        }
        assertInstanceOf(DamagedArchive.class, door.refuse(Arrays.copyOf(tar, 300)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zstd", "xz"})
    void aCompressedTarThatIsCutAnywhereIsDamaged(String compressor) throws Exception {
        byte[] packed = SourceIntakeTest.compress(compressor, tar());
        for (int length = 6; length < packed.length; length += 11) {
            assertInstanceOf(DamagedArchive.class, door.refuse(Arrays.copyOf(packed, length)), "at " + length);
        }
        assertInstanceOf(DamagedArchive.class, door.refuse(Arrays.copyOf(packed, packed.length - 1)));
    }

    @Test
    void aZipThatIsCutAnywhereIsDamaged() throws IOException {
        byte[] zip = zip();
        for (int length = 4; length < zip.length; length++) {
            assertInstanceOf(DamagedArchive.class, door.refuse(Arrays.copyOf(zip, length)), "at " + length);
        }
    }

    @Test
    void aTarWithoutItsEndOrWithHalfOfItIsDamaged() throws IOException {
        byte[] tar = new TarMaker().file("a", "x").bytes();
        int end = 1024;

        assertEquals(
                new DamagedArchive("it ends without the two blocks of zeros that close a tar"),
                door.refuse(Arrays.copyOf(tar, end)));
        assertInstanceOf(DamagedArchive.class, door.refuse(Arrays.copyOf(tar, end + 512)));
        assertEquals(1, door.accept(Arrays.copyOf(tar, end + 1024)).entries());
    }

    @Test
    void aLoneBlockOfZerosIsDamage() throws IOException {
        byte[] first = Arrays.copyOf(new TarMaker().file("a", "").bytes(), 1024);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(first);
        body.writeBytes(new TarMaker().file("b", "").bytes());

        assertEquals(new DamagedArchive("one block of zeros alone"), door.refuse(body.toByteArray()));
    }

    @Test
    void aWrongChecksumOfAHeaderIsDamage() throws IOException {
        byte[] tar = tar();
        tar[3]++;

        assertEquals(new DamagedArchive("the checksum of a header is wrong"), door.refuse(tar));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "xz"})
    void aWrongChecksumOfTheContentIsDamage(String compressor) throws Exception {
        byte[] tar = new TarMaker().file("a", "x").bytes();
        byte[] other = new TarMaker().file("a", "y").bytes();
        byte[] packed = SourceIntakeTest.compress(compressor, tar);
        byte[] packedOther = SourceIntakeTest.compress(compressor, other);
        assertEquals(packed.length, packedOther.length);
        // The data of the one with the checksum of the other.
        int tail = compressor.equals("gz") ? 8 : 36;
        System.arraycopy(packedOther, packed.length - tail, packed, packed.length - tail, tail);

        assertInstanceOf(DamagedArchive.class, door.refuse(packed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1 a=b\n", "x path=b\n", "99 path=b\n", "8 pathb\n", "7 a=bcd\n", "10 mtime=x\n", "", "5 a=b"})
    void malformedPaxRecordsAreDamage(String records) throws IOException {
        byte[] tar = new TarMaker()
                .raw('x', records.isEmpty() ? new byte[10] : records.getBytes(UTF_8))
                .file("a", "")
                .bytes();

        assertEquals(new DamagedArchive("an extended header is malformed"), door.refuse(tar));
    }

    @Test
    void extendedHeadersAreFewAndShort() throws IOException {
        TarMaker many = new TarMaker();
        for (int i = 0; i < 20; i++) {
            many.extension('x', "comment", "again");
        }
        assertInstanceOf(DamagedArchive.class, door.refuse(many.file("a", "").bytes()));

        byte[] large = new TarMaker().raw('L', new byte[2 << 20]).file("a", "").bytes();
        assertInstanceOf(DamagedArchive.class, door.refuse(large));
    }

    @Test
    void aZipsDirectoryMustAgreeWithItself() throws IOException {
        assertDamaged("directory is not where", END, 16, 1); // offset of the directory
        assertDamaged("more or fewer entries", END, 10, 5); // count of entries
        assertDamaged("split over several files", END, 4, 1); // number of this disk
        assertDamaged("directory is malformed", RECORD, 3, 9); // signature
    }

    @Test
    void aZipsHeadersMustAgreeWithItsDirectory() throws IOException {
        assertDamaged("disagree on a", LOCAL, 30, 'x'); // name
        assertDamaged("disagree on a", LOCAL, 8, 0); // method
        assertDamaged("disagree on a", RECORD, 42, 7); // place of the local header
        assertDamaged("points to behind its end", RECORD, 45, 0x7f);
    }

    @Test
    void theContentOfAZipMustBeWhatItsDirectorySays() throws IOException {
        assertDamaged("a has a wrong checksum", RECORD, 16, 0x5a);
        assertDamaged("a is shorter than its size says", RECORD, 24, 100);
        assertDamaged("a is longer than its size says", RECORD, 24, 1);
        assertDamaged("a ends too early", RECORD, 20, 3);
        assertDamaged("an entry that does not end", RECORD, 22, 1);
        int extra = ByteBuffer.wrap(zip()).order(ByteOrder.LITTLE_ENDIAN).getShort(28);
        assertDamaged("a has damaged data", LOCAL, 31 + extra, 0xff); // the first byte of the data
    }

    @Test
    void entriesOfAZipMayNotOverlap() throws IOException {
        byte[] zip = new ZipMaker()
                .entry("a", 0100644, ZipEntry.STORED, new byte[200])
                .entry("a", 0100644, ZipEntry.STORED, new byte[200])
                .bytes();
        ByteBuffer fields = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int second = HostileEntriesTest.indexOf(zip, RECORD) + 46 + 1;
        while (fields.getInt(second) != RECORD) {
            second++;
        }
        zip[second + 46] = 'a';
        fields.putInt(second + 42, 0); // both are the first one's bytes

        assertEquals(new DamagedArchive("a zip with entries that overlap"), door.refuse(zip));
    }

    private void assertDamaged(String reason, int signature, int offset, int value) throws IOException {
        byte[] zip = zip();
        zip[HostileEntriesTest.indexOf(zip, signature) + offset] = (byte) value;
        DamagedArchive refusal = assertInstanceOf(DamagedArchive.class, door.refuse(zip));
        assertTrue(refusal.reason().contains(reason), refusal.reason());
    }

    /** Whatever a body is, it is accepted or refused; nothing else ever happens. */
    @ParameterizedTest
    @ValueSource(strings = {"tar", "gz", "zstd", "xz", "zip"})
    void flippedBytesNeverDoHarm(String format) throws Exception {
        byte[] good = switch (format) {
            case "tar" -> tar();
            case "zip" -> zip();
            default -> SourceIntakeTest.compress(format, tar());
        };
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            byte[] body = good.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            Received received =
                    door.intake.receive(Door.ANN, new ByteArrayInputStream(body), Door.LIMITS, Door.SPECS, door.files);
            if (received instanceof Pending pending) {
                pending.close();
            }
            assertEquals(List.of(), door.files());
        }
    }

    @Test
    void noiseNeverDoesHarm() throws IOException {
        Random random = new Random(12);
        List<byte[]> starts = List.of(
                new byte[] {0x1f, (byte) 0x8b, 8, 0},
                new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
                new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0},
                new byte[] {'P', 'K', 3, 4},
                new byte[0]);
        for (int i = 0; i < 250; i++) {
            byte[] body = new byte[20 + random.nextInt(2000)];
            random.nextBytes(body);
            byte[] start = starts.get(i % starts.size());
            System.arraycopy(start, 0, body, 0, start.length);
            Refusal refusal = door.refuse(body);
            assertTrue(
                    refusal instanceof DamagedArchive
                            || refusal instanceof UnknownFormat
                            || refusal instanceof EmptyBody
                            || refusal instanceof Refusal.TooLarge,
                    refusal::toString);
        }
    }
}
