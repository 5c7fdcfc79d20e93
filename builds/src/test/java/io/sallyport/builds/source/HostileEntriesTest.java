package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Refusal.DamagedArchive;
import io.sallyport.builds.Refusal.HostileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileEntriesTest {
    @TempDir
    Path folder;

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = new Door(folder);
    }

    static Stream<Arguments> hostileTars() {
        return Stream.of(
                tar("goes up", tar -> tar.file("../evil", "x")),
                tar("goes up within", tar -> tar.file("a/../../evil", "x")),
                tar("goes up and stays in", tar -> tar.file("a/../b", "x")),
                tar("a folder that goes up", tar -> tar.folder("a/../../b/")),
                tar("absolute", tar -> tar.file("/etc/evil", "x")),
                tar("backslash", tar -> tar.file("..\\evil", "x")),
                tar("newline in a name", tar -> tar.file("a\nb", "x")),
                tar("escape in a name", tar -> tar.file("a\u001b[31m", "x")),
                tar("C1 control in a name", tar -> tar.file("a\u009b31m", "x")),
                tar(
                        "NUL in a pax path",
                        tar -> tar.extension('x', "path", "a\0b").file("a", "")),
                tar(
                        "pax path goes up",
                        tar -> tar.extension('x', "path", "../evil").file("a", "")),
                tar(
                        "long name goes up",
                        tar -> tar.raw('L', "../evil\0".getBytes(ISO_8859_1)).file("a", "")),
                tar(
                        "pax target goes up",
                        tar -> tar.extension('x', "linkpath", "../x").link("l", "a")),
                tar(
                        "pax sparse file",
                        tar -> tar.extension('x', "GNU.sparse.major", "1").file("a", "")),
                tar("a file for the folder itself", tar -> tar.file("./.", "x")),
                tar("a link for the folder itself", tar -> tar.link(".", "a")),
                tar("a name too long for a file system", tar -> tar.file("n".repeat(256), "x")),
                tar("absolute link", tar -> tar.link("l", "/etc/passwd")),
                tar("link up", tar -> tar.link("l", "..")),
                tar("link up from below", tar -> tar.link("a/l", "../../x")),
                tar("link down and up", tar -> tar.link("l", "a/../../x")),
                tar("link to nothing", tar -> tar.link("l", "")),
                tar("control character in a target", tar -> tar.link("l", "a\u0007")),
                tar(
                        "link up through a link",
                        tar -> tar.folder("d/e/").link("s", "d/e").link("l", "s/../../x")),
                tar(
                        "link up through a later link",
                        tar -> tar.link("l", "s/../x").link("s", "d")),
                tar("link up through a file", tar -> tar.file("f", "").link("l", "f/../x")),
                tar("hard link to what is not there", tar -> tar.hardLink("h", "a")),
                tar(
                        "hard link to what comes later",
                        tar -> tar.hardLink("h", "a").file("a", "")),
                tar("hard link out", tar -> tar.hardLink("h", "../a")),
                tar("absolute hard link", tar -> tar.hardLink("h", "/etc/passwd")),
                tar("hard link to a link", tar -> tar.link("l", "a").hardLink("h", "l")),
                tar("hard link to a folder", tar -> tar.folder("d/").hardLink("h", "d")),
                tar("FIFO", tar -> tar.special("f", TarConstants.LF_FIFO)),
                tar("character device", tar -> tar.special("c", TarConstants.LF_CHR)),
                tar("block device", tar -> tar.special("b", TarConstants.LF_BLK)),
                tar("sparse file", tar -> tar.special("s", TarConstants.LF_GNUTYPE_SPARSE)),
                tar("unknown type", tar -> tar.special("u", (byte) '!')),
                tar("entry under a link", tar -> tar.folder("d/").link("l", "d").file("l/x", "")),
                tar("folder over a link", tar -> tar.folder("d/").link("l", "d").folder("l/")),
                tar("entry under a file", tar -> tar.file("f", "").file("f/x", "")),
                tar("file twice", tar -> tar.file("f", "1").file("f", "2")),
                tar(
                        "file twice by another spelling",
                        tar -> tar.file("a/f", "1").file("./a//f", "2")),
                tar("file over a folder", tar -> tar.folder("f/").file("f", "")),
                tar("file over an implied folder", tar -> tar.file("f/x", "").file("f", "")),
                tar("link over a file", tar -> tar.file("f", "").link("f", "x")),
                tar(
                        "hard link over a file",
                        tar -> tar.file("f", "").file("g", "").hardLink("g", "f")),
                tar(
                        "file over a hard link",
                        tar -> tar.file("f", "").hardLink("g", "f").file("g", "")));
    }

    private static Arguments tar(String what, UnaryOperator<TarMaker> entries) {
        return Arguments.of(what, entries);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTars")
    void aTarWithSuchAnEntryIsRefused(String what, UnaryOperator<TarMaker> entries) throws Exception {
        byte[] tar = entries.apply(new TarMaker().file("good", "x"))
                .file("more", "x")
                .bytes();

        assertInstanceOf(HostileEntry.class, door.refuse(tar));
        assertInstanceOf(HostileEntry.class, door.refuse(SourceIntakeTest.compress("gz", tar)));
    }

    static Stream<Arguments> hostileZips() {
        return Stream.of(
                zip("goes up", zip -> zip.file("../evil", "x")),
                zip("absolute", zip -> zip.file("/etc/evil", "x")),
                zip("goes up by backslashes", zip -> zip.windows("..\\evil")),
                zip("absolute link", zip -> zip.link("l", "/etc/passwd")),
                zip("link up", zip -> zip.link("a/l", "../../x")),
                zip("link of a huge target", zip -> zip.link("l", "x".repeat(5000))),
                zip("entry under a link", zip -> zip.folder("d/").link("l", "d").file("l/x", "")),
                zip("file twice", zip -> zip.file("f", "1").file("f", "2")),
                zip("file over a folder", zip -> zip.folder("f/").file("f", "")),
                zip("FIFO", zip -> zip.entry("f", 010644, ZipEntry.STORED)),
                zip("device", zip -> zip.entry("f", 060644, ZipEntry.STORED)));
    }

    private static Arguments zip(String what, UnaryOperator<ZipMaker> entries) {
        return Arguments.of(what, entries);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileZips")
    void aZipWithSuchAnEntryIsRefused(String what, UnaryOperator<ZipMaker> entries) throws IOException {
        byte[] zip = entries.apply(new ZipMaker().file("good", "x"))
                .file("more", "x")
                .bytes();

        assertInstanceOf(HostileEntry.class, door.refuse(zip));
    }

    static Stream<Arguments> harmlessTars() {
        return Stream.of(
                tar("link up and over", tar -> tar.file("a/f", "").link("b/l", "../a/f")),
                tar(
                        "link to the folder itself",
                        tar -> tar.link("a/b/l", "../..").link("m", ".")),
                tar("link that dangles", tar -> tar.link("l", "nowhere/at/all")),
                tar("link up through a folder", tar -> tar.folder("d/").link("l", "d/../x")),
                tar(
                        "link up through a later folder",
                        tar -> tar.link("l", "d/../x").folder("d/")),
                tar("folder twice", tar -> tar.folder("d/").folder("d/").folder("./d/")),
                tar("folder after what is in it", tar -> tar.file("d/f", "").folder("d/")),
                tar(
                        "hard link to a hard link",
                        tar -> tar.file("f", "").hardLink("g", "f").hardLink("h", "./g")),
                tar("dots in names", tar -> tar.file("..a/...", "").file("a..", "")),
                tar("old folder", tar -> tar.file("d/", "").file("d/f", "")),
                tar("doubled slashes", tar -> tar.file(".//a///b", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmlessTars")
    void aTarWithSuchAnEntryIsWelcome(String what, UnaryOperator<TarMaker> entries) throws IOException {
        assertTrue(door.accept(entries.apply(new TarMaker()).bytes()).entries() > 0);
    }

    @Test
    void theRefusalNamesTheEntryInAFormThatCanBeShown() throws IOException {
        byte[] tar = new TarMaker().file("a\u001b[31m\nb", "x").bytes();

        assertEquals(new HostileEntry("a\\x1b[31m\\x0ab", "a control character in a path"), door.refuse(tar));
    }

    @Test
    void namesThatAreNotUtf8AreRefused() throws IOException {
        byte[] tar = new TarMaker().file("caf_", "x").bytes();
        byte[] name = "caf\u00e9".getBytes(ISO_8859_1);
        System.arraycopy(name, 0, tar, 0, name.length);
        correctChecksum(tar);

        assertEquals(new HostileEntry("caf\u00e9", "its name is not UTF-8"), door.refuse(tar));
    }

    @Test
    void aGlobalHeaderThatRenamesEverythingIsRefused() throws IOException {
        byte[] pax = new TarMaker().extension('x', "path", "b").file("a", "").bytes();
        pax[156] = 'g';
        correctChecksum(pax);

        assertInstanceOf(DamagedArchive.class, door.refuse(pax));
    }

    @Test
    void aLinkWithABodyIsRefused() throws IOException {
        byte[] tar = new TarMaker().file("l", "not a target").bytes();
        tar[156] = '2';
        tar[157] = 'x';
        correctChecksum(tar);

        assertEquals(new HostileEntry("l", "a folder or a link with a body"), door.refuse(tar));
    }

    @Test
    void aBackslashInAZipOfUnixIsRefused() throws IOException {
        byte[] zip = new ZipMaker().file("a_b", "x").bytes();
        for (int i = 0; i + 2 < zip.length; i++) {
            if (zip[i] == 'a' && zip[i + 1] == '_') {
                zip[i + 1] = '\\';
            }
        }
        assertEquals(new HostileEntry("a\\b", "a backslash in a path"), door.refuse(zip));
    }

    @Test
    void encryptedEntriesOfAZipAreRefused() throws IOException {
        byte[] zip = new ZipMaker().file("f", "x").bytes();
        int record = indexOf(zip, 0x02014b50);
        zip[record + 8] |= 1;

        assertEquals(new HostileEntry("f", "it is encrypted"), door.refuse(zip));
    }

    /** The first place of that little-endian number. */
    static int indexOf(byte[] bytes, int number) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i + 4 <= bytes.length; i++) {
            if (buffer.getInt(i) == number) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    /** Makes the first header of a tar right again after it was changed. */
    static void correctChecksum(byte[] tar) {
        Arrays.fill(tar, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(ISO_8859_1), 0, tar, 148, 8);
    }
}
