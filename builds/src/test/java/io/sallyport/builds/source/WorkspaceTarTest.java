package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTarTest {
    private static final Instant TIME = Instant.parse("2026-11-26T10:11:12.123456789Z");
    private static final String LONG = "folder/" + "x".repeat(200) + "/" + "é".repeat(100);

    @TempDir
    Path temp;

    private static final List<WorkspaceEntry> ENTRIES = List.of(
            new WorkspaceEntry.Folder("folder", 0750, TIME),
            new WorkspaceEntry.Folder("folder/" + "x".repeat(200), 0755, TIME),
            new WorkspaceEntry.RegularFile(LONG, 5, 0640, TIME),
            new WorkspaceEntry.RegularFile("plain", 0, 0755, Instant.parse("2026-11-26T10:11:12Z")),
            new WorkspaceEntry.SymbolicLink("link", "/usr/bin/env", TIME),
            new WorkspaceEntry.SymbolicLink("far", "../".repeat(60) + "x", TIME),
            new WorkspaceEntry.HardLink("other", "plain"));

    private static byte[] written(List<WorkspaceEntry> entries) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        WorkspaceTarWriter writer = new WorkspaceTarWriter(tar);
        for (WorkspaceEntry entry : entries) {
            if (entry instanceof WorkspaceEntry.RegularFile file) {
                writer.add(file, Channels.newChannel(new ByteArrayInputStream("12345".getBytes(UTF_8))));
            } else {
                writer.add(entry);
            }
        }
        writer.finish();
        return tar.toByteArray();
    }

    private static List<WorkspaceEntry> read(byte[] tar, long entries) throws IOException {
        WorkspaceTar reader = new WorkspaceTar(new ByteArrayInputStream(tar), entries);
        List<WorkspaceEntry> found = new ArrayList<>();
        for (WorkspaceEntry entry = reader.next(); entry != null; entry = reader.next()) {
            found.add(entry);
        }
        return found;
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertEquals(ENTRIES, read(written(ENTRIES), ENTRIES.size()));
    }

    @Test
    void moreEntriesThanAllowedAreRefused() throws Exception {
        byte[] tar = written(ENTRIES);

        assertThrows(IOException.class, () -> read(tar, ENTRIES.size() - 1));
    }

    @Test
    void tarUnpacksIt() throws Exception {
        Path archive = Files.write(temp.resolve("a.tar"), written(ENTRIES));
        Process tar = new ProcessBuilder("tar", "--same-permissions", "-xf", archive.toString())
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(tar.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, tar.waitFor(), said);

        assertEquals("12345", Files.readString(temp.resolve(LONG)));
        assertEquals(TIME, Files.getLastModifiedTime(temp.resolve(LONG)).toInstant());
        assertEquals(TIME, Files.getLastModifiedTime(temp.resolve("folder")).toInstant());
        assertEquals("rwxr-x---", permissions("folder"));
        assertEquals("rw-r-----", permissions(LONG));
        assertEquals("rwxr-xr-x", permissions("plain"));
        assertEquals(Path.of("/usr/bin/env"), Files.readSymbolicLink(temp.resolve("link")));
        assertTrue(Files.isSameFile(temp.resolve("plain"), temp.resolve("other")));
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(temp.resolve(path), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aFileThatBecomesShorterIsNotMadeUp() {
        WorkspaceTarWriter writer = new WorkspaceTarWriter(new ByteArrayOutputStream());
        var file = new WorkspaceEntry.RegularFile("f", 6, 0644, TIME);

        assertThrows(
                EOFException.class, () -> writer.add(file, Channels.newChannel(new ByteArrayInputStream(new byte[5]))));
    }

    @Test
    void namesThatCannotBeReadAreKnownBefore() {
        for (String path : List.of("a\\b", "a\nb", "../a", "/a", "", "x".repeat(256), "d/".repeat(101) + "f")) {
            assertFalse(WorkspaceTar.accepts(path), path);
        }
        assertTrue(WorkspaceTar.accepts("d/".repeat(100) + "é x"));
    }
}
