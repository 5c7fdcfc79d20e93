package io.sallyport.builds.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceUnpackerTest {
    private static final Instant THEN = Instant.ofEpochSecond(TarMaker.TIME);

    @TempDir
    Path folder;

    private Door door;
    private Path workspace;
    private SourceUnpacker unpacker;

    @BeforeEach
    void open() throws IOException {
        door = new Door(Files.createDirectory(folder.resolve("state")));
        workspace = Files.createDirectory(folder.resolve("workspace"));
        unpacker = new SourceUnpacker(door.blobs);
    }

    @Test
    void everythingComesOutAsItWentIn() throws Exception {
        byte[] tar = new TarMaker()
                .folder("./")
                .folder("src/")
                .file("src/a", "alpha")
                .file("run", 0755, "beta".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .link("link", "src/a")
                .hardLink("src/b", "src/a")
                .file("im/plied/c", "gamma")
                .bytes();
        unpacker.unpack(door.accept(tar), workspace);

        assertEquals("alpha", Files.readString(workspace.resolve("src/a")));
        assertEquals("beta", Files.readString(workspace.resolve("run")));
        assertEquals("gamma", Files.readString(workspace.resolve("im/plied/c")));
        assertEquals(Path.of("src/a"), Files.readSymbolicLink(workspace.resolve("link")));
        assertTrue(Files.isSameFile(workspace.resolve("src/a"), workspace.resolve("src/b")));
        for (String path : List.of("src", "src/a", "run", "link")) {
            assertEquals(
                    FileTime.from(THEN),
                    Files.getLastModifiedTime(workspace.resolve(path), LinkOption.NOFOLLOW_LINKS),
                    path);
        }
    }

    @Test
    void onlyTheExecutableBitOfAModeIsKept() throws Exception {
        Map<Integer, String> expected = new TreeMap<>(Map.of(
                0644, "rw-r--r--",
                0600, "rw-r--r--",
                0400, "rw-r--r--",
                0666, "rw-r--r--",
                0755, "rwxr-xr-x",
                0700, "rwxr-xr-x",
                06777, "rwxr-xr-x",
                04644, "rw-r--r--",
                0, "rw-r--r--"));
        TarMaker tar = new TarMaker();
        ZipMaker zip = new ZipMaker();
        for (int mode : expected.keySet()) {
            tar.file("tar" + mode, mode, new byte[1]);
            zip.entry("zip" + mode, 0100000 | mode, ZipEntry.DEFLATED, new byte[1]);
        }
        unpacker.unpack(door.accept(tar.folder("d/").bytes()), workspace);
        unpacker.unpack(door.accept(zip.folder("e/").bytes()), workspace);

        for (Map.Entry<Integer, String> mode : expected.entrySet()) {
            assertEquals(mode.getValue(), mode("tar" + mode.getKey()));
            assertEquals(mode.getValue(), mode("zip" + mode.getKey()));
        }
        assertEquals("rwxr-xr-x", mode("d"));
        assertEquals("rwxr-xr-x", mode("e"));
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.resolve(path)));
    }

    @Test
    void timesOfPaxAreKeptToTheNanosecondAndOddOnesBroughtIntoRange() throws Exception {
        byte[] tar = new TarMaker()
                .extension('x', "mtime", "1700000000.123456789")
                .file("exact", "")
                .extension('x', "mtime", "-5.5")
                .file("before", "")
                .extension('x', "mtime", "99999999999999999")
                .file("after", "")
                .bytes();
        unpacker.unpack(door.accept(tar), workspace);

        assertEquals(FileTime.from(THEN.plusNanos(123_456_789)), Files.getLastModifiedTime(workspace.resolve("exact")));
        assertEquals(FileTime.from(Instant.EPOCH), Files.getLastModifiedTime(workspace.resolve("before")));
        assertTrue(Files.exists(workspace.resolve("after")));
    }

    @Test
    void zipsOfWindowsAndMacOsComeOut() throws Exception {
        byte[] windows = new ZipMaker()
                .windows("folder\\sub\\file.txt", new byte[3])
                .windows("other/", new byte[0])
                .bytes();
        unpacker.unpack(door.accept(windows), workspace);
        assertEquals(3, Files.size(workspace.resolve("folder/sub/file.txt")));
        assertTrue(Files.isDirectory(workspace.resolve("other")));
        assertEquals(
                FileTime.from(Instant.parse("2023-11-14T22:13:20Z")),
                Files.getLastModifiedTime(workspace.resolve("folder/sub/file.txt")));

        unpacker.unpack(
                door.accept(
                        new ZipMaker().silentlyIn("UTF-8").file("ünïcödé", "").bytes()),
                workspace);
        assertTrue(Files.exists(workspace.resolve("ünïcödé")));

        unpacker.unpack(
                door.accept(new ZipMaker().silentlyIn("IBM437").file("früh", "").bytes()), workspace);
        assertTrue(Files.exists(workspace.resolve("früh")));

        unpacker.unpack(door.accept(new ZipMaker().zip64().file("large", "x").bytes()), workspace);
        assertEquals("x", Files.readString(workspace.resolve("large")));
    }

    @Test
    void nothingThatIsThereIsOverwrittenOrFollowed() throws Exception {
        Path canary = Files.writeString(folder.resolve("canary"), "alive");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(workspace.resolve("file"), canary);
        Files.createSymbolicLink(workspace.resolve("dir"), outside);
        Source file = door.accept(new TarMaker().file("file", "x").bytes());
        Source below = door.accept(new TarMaker().file("dir/file", "x").bytes());
        Source over = door.accept(new TarMaker().folder("dir/").bytes());

        assertThrows(FileAlreadyExistsException.class, () -> unpacker.unpack(file, workspace));
        assertThrows(IOException.class, () -> unpacker.unpack(below, workspace));
        assertThrows(IOException.class, () -> unpacker.unpack(over, workspace));

        assertEquals("alive", Files.readString(canary));
        assertFalse(Files.exists(outside.resolve("file")));
    }

    /** Whoever could put such a blob into the store would still not get out of the folder. */
    @Test
    void aHostileBlobIsRefusedHereToo() throws Exception {
        byte[] tar = new TarMaker().file("../escaped", "x").bytes();
        Source source;
        try (BlobWriter writer = door.blobs.create()) {
            writer.write(ByteBuffer.wrap(tar));
            Blob blob = writer.commit();
            source = new Source(SourceKind.TAR, blob, 1, 1, tar.length);
        }

        assertThrows(IOException.class, () -> unpacker.unpack(source, workspace));

        assertFalse(Files.exists(folder.resolve("escaped")));
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        Source source = door.accept(new TarMaker().file("a", "x").bytes());
        Source zip = door.accept(new ZipMaker().file("a", "x").bytes());
        for (Source each : List.of(source, zip)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> unpacker.unpack(each, workspace));
            assertFalse(Thread.interrupted());
        }
    }

    @Test
    void aSourceThatIsGoneIsAFailure() throws Exception {
        Source source = door.accept(new TarMaker().file("a", "x").bytes());
        door.blobs.delete(source.blob().digest());

        assertThrows(IOException.class, () -> unpacker.unpack(source, workspace));
    }
}
