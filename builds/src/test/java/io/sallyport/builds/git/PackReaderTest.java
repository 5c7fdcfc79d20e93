package io.sallyport.builds.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.FileBlobStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs made by hand: what may come in them, and what a hostile server could put there. */
class PackReaderTest {
    private static final byte[] HELLO = "hello hello hello".getBytes(UTF_8);
    private static final int BLOB = 3;
    private static final int OFFSET_DELTA = 6;
    private static final int NAME_DELTA = 7;
    private static final long MOST = 1 << 20;

    @TempDir
    Path folder;

    /** Copies 5 bytes of the base, puts two in, copies 3 from offset 6. */
    private static byte[] delta(int base, int result) {
        return new byte[] {(byte) base, (byte) result, (byte) 0x90, 5, 2, '!', '?', (byte) 0x91, 6, 3};
    }

    private static final byte[] MADE = "hello!?hel".getBytes(UTF_8);

    private static final class Pack {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final int count;

        Pack(int count) {
            this.count = count;
        }

        int position() {
            return 12 + out.size();
        }

        Pack object(int type, long size, byte[] base, byte[] bytes) throws IOException {
            long left = size >> 4;
            out.write((int) ((type << 4) | (size & 15) | (left > 0 ? 0x80 : 0)));
            while (left > 0) {
                out.write((int) ((left & 0x7f) | (left > 0x7f ? 0x80 : 0)));
                left >>= 7;
            }
            out.writeBytes(base);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflating = new DeflaterOutputStream(packed, new Deflater())) {
                deflating.write(bytes);
            }
            out.writeBytes(packed.toByteArray());
            return this;
        }

        Pack blob(byte[] bytes) throws IOException {
            return object(BLOB, bytes.length, new byte[0], bytes);
        }

        byte[] bytes() throws Exception {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes("PACK".getBytes(UTF_8));
            whole.writeBytes(ByteBuffer.allocate(8).putInt(2).putInt(count).array());
            whole.writeBytes(out.toByteArray());
            whole.writeBytes(MessageDigest.getInstance("SHA-1").digest(whole.toByteArray()));
            return whole.toByteArray();
        }
    }

    private static byte[] name(byte[] blob) throws Exception {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(ObjectType.BLOB.header(blob.length));
        return sha1.digest(blob);
    }

    private Objects read(byte[] pack) throws Exception {
        Objects objects = new Objects(FileBlobStore.open(folder).create(), MessageDigest.getInstance("SHA-1"), MOST);
        try (PackInput in = new PackInput(new ByteArrayInputStream(pack), MessageDigest.getInstance("SHA-1"))) {
            new PackReader(in, objects, 20, 100).read();
            return objects;
        } catch (IOException | RuntimeException e) {
            objects.close();
            throw e;
        }
    }

    private void assertHas(byte[] pack, byte[] blob) throws Exception {
        try (Objects objects = read(pack)) {
            Objects.Located found = objects.find(ObjectId.parse(HexFormat.of().formatHex(name(blob))))
                    .orElseThrow();
            assertArrayEquals(blob, objects.bytes(found, 1 << 20));
        }
    }

    private String refused(byte[] pack) {
        return String.valueOf(assertThrows(GitFailure.class, () -> read(pack)).getMessage());
    }

    @Test
    void differencesAreApplied() throws Exception {
        Pack pack = new Pack(3).blob(HELLO);
        int second = pack.position();
        pack.object(OFFSET_DELTA, 10, new byte[] {(byte) (second - 12)}, delta(17, 10));
        pack.object(NAME_DELTA, 10, name(HELLO), delta(17, 10));

        assertHas(pack.bytes(), MADE);
    }

    @Test
    void aBaseMayComeLaterAndBeADifferenceItself() throws Exception {
        byte[] further = {10, 4, (byte) 0x90, 4};
        byte[] pack = new Pack(3)
                .object(NAME_DELTA, further.length, name(MADE), further)
                .object(NAME_DELTA, 10, name(HELLO), delta(17, 10))
                .blob(HELLO)
                .bytes();

        assertHas(pack, MADE);
        assertHas(pack, "hell".getBytes(UTF_8));
    }

    @Test
    void anEmptyPackAndAnEmptyObjectAreFine() throws Exception {
        read(new Pack(0).bytes()).close();
        assertHas(new Pack(1).blob(new byte[0]).bytes(), new byte[0]);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another base's size,        10 0a 90 05",
        "a copy from behind its end, 11 0a 91 10 0a",
        "a copy of too much,         11 02 90 05",
        "too little,                 11 0a 90 05",
        "an absurd size,             11 ff ff ff ff ff ff ff ff ff 01",
        "bytes that do not come,     11 0a 05 61",
        "the command that is none,   11 0a 00",
        "nothing,                    ''",
        "a command that is cut off,  11 0a 91",
    })
    void aDifferenceThatIsDamagedIsRefused(String what, String hex) throws Exception {
        byte[] delta = HexFormat.ofDelimiter(" ").parseHex(hex);

        refused(new Pack(2)
                .blob(HELLO)
                .object(NAME_DELTA, delta.length, name(HELLO), delta)
                .bytes());
    }

    @Test
    void sizesThatAreNotTrueAreRefused() throws Exception {
        assertTrue(refused(new Pack(1).object(BLOB, 16, new byte[0], HELLO).bytes())
                .contains("longer"));
        assertTrue(refused(new Pack(1).object(BLOB, 18, new byte[0], HELLO).bytes())
                .contains("shorter"));
        assertTrue(refused(new Pack(1).blob(HELLO).blob(HELLO).bytes()).contains("checksum"));
        assertTrue(refused(new Pack(2).blob(HELLO).bytes()).contains(""));
        assertTrue(refused(new Pack(1)
                        .object(OFFSET_DELTA, 10, new byte[] {5}, delta(17, 10))
                        .bytes())
                .contains("base"));
        assertTrue(refused(new Pack(1)
                        .object(NAME_DELTA, 10, name(HELLO), delta(17, 10))
                        .bytes())
                .contains("base"));
    }

    /** What is promised is counted before a byte of it is unpacked; of a difference, both it and what it makes. */
    @Test
    void moreThanTheLimitIsRefused() throws Exception {
        byte[] huge = {17, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1, (byte) 0x90, 5};

        for (byte[] pack : new byte[][] {
            new Pack(1).object(BLOB, MOST + 1, new byte[0], HELLO).bytes(),
            new Pack(1).object(NAME_DELTA, MOST + 1, name(HELLO), HELLO).bytes(),
            new Pack(2)
                    .blob(HELLO)
                    .object(NAME_DELTA, huge.length, name(HELLO), huge)
                    .bytes(),
        }) {
            GitFailure failure = assertThrows(GitFailure.class, () -> read(pack));
            assertEquals(new Refusal.TooLarge("unpacked bytes", MOST), failure.refusal(""));
        }
        GitFailure failure = assertThrows(GitFailure.class, () -> read(new Pack(-1).bytes()));
        assertEquals(new Refusal.TooLarge("git objects", 100), failure.refusal(""));
    }

    @Test
    void aPackThatIsCutOffAnywhereIsRefused() throws Exception {
        byte[] pack = new Pack(2)
                .blob(HELLO)
                .object(NAME_DELTA, 10, name(HELLO), delta(17, 10))
                .bytes();

        for (int length = 0; length < pack.length; length++) {
            refused(Arrays.copyOf(pack, length));
        }
        refused(Arrays.copyOf(pack, pack.length + 1));
    }

    /** Whatever the bytes are, it is a refusal and no bug. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aPackThatWasChangedIsRefused(int seed) throws Exception {
        Random random = new Random(seed);
        byte[] pack = new Pack(3)
                .blob(HELLO)
                .object(NAME_DELTA, 10, name(HELLO), delta(17, 10))
                .blob(new byte[5000])
                .bytes();
        for (int round = 0; round < 300; round++) {
            byte[] changed = pack.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            Exception failure = assertThrows(Exception.class, () -> read(changed));
            assertInstanceOf(GitFailure.class, failure);
        }
    }
}
