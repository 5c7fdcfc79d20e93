package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.spec.files.FolderFiles;
import io.sallyport.builds.spec.files.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a source, looked at before it is kept, after that, and in a folder: the same answers. */
class WalkedFilesTest {
    private static final String SHA_OF_TWO = "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3";

    @TempDir
    Path folder;

    private static byte[] tar() {
        return new TarMaker()
                .folder("ci")
                .file("ci/one.yml", "one: 1")
                .file("two", "two")
                .link("link", "two")
                .file(".git/config", "x")
                .bytes();
    }

    @Test
    void ofATarThatIsNotKeptYetAndAfterwards() throws IOException {
        Door door = new Door(folder);
        try (Received.Pending pending = door.pending(tar())) {
            check(pending.files(), Set.of(".git/config"));
            Source source = pending.commit();
            check(WalkedFiles.of(source, door.blobs), Set.of(".git/config"));
        }
    }

    @Test
    void ofAZip() throws IOException {
        Door door = new Door(folder);
        byte[] zip = new ZipMaker()
                .folder("ci/")
                .file("ci/one.yml", "one: 1")
                .file("two", "two")
                .link("link", "two")
                .bytes();
        try (Received.Pending pending = door.pending(zip)) {
            check(pending.files(), Set.of());
        }
    }

    @Test
    void ofAFolder() throws IOException {
        Files.createDirectories(folder.resolve("ci"));
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/config"), "x");
        Files.writeString(folder.resolve("ci/one.yml"), "one: 1");
        Files.writeString(folder.resolve("two"), "two");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("two"));

        check(new FolderFiles(folder), Set.of());
    }

    private static void check(SourceFiles files, Set<String> more) throws IOException {
        Set<String> expected = new TreeSet<>(Set.of("ci/one.yml", "link", "two"));
        expected.addAll(more);
        assertTrue(files.known());
        assertEquals(expected, files.paths());
        Map<String, byte[]> contents =
                files.contents(Set.of("ci/one.yml", "link", "none", "../two", "/etc/hostname"), 3);
        assertEquals(Set.of("ci/one.yml"), contents.keySet());
        assertArrayEquals("one".getBytes(UTF_8), contents.get("ci/one.yml"));
        assertEquals(Map.of("two", SHA_OF_TWO), files.digests(Set.of("two", "ci")));
    }
}
