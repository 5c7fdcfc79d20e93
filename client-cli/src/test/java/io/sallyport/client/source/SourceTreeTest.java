package io.sallyport.client.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.client.ClientException.BadSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
    @TempDir
    private Path root;

    private Path folder;

    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(root.resolve("source"));
    }

    @Test
    void checkoutIsWhatGitTracksAndWhatIsNewButNotIgnored() throws Exception {
        checkout();
        write("tracked.txt", "tracked");
        write("deleted.txt", "deleted");
        write(".gitignore", "*.log\n/out/\n");
        git("add", ".");
        git("commit", "-qm", "first");
        Files.delete(folder.resolve("deleted.txt"));
        write("tracked.txt", "changed since");
        write("new/file.txt", "new");
        write("debug.log", "ignored");
        write("out/app", "ignored");

        assertEquals(Set.of(".gitignore", "new/file.txt", "tracked.txt"), tree().paths());
        assertEquals("changed since", Files.readString(unpacked().resolve("tracked.txt")));
    }

    @Test
    void checkoutInACheckoutIsSentToo() throws Exception {
        checkout();
        write("outer.txt", "outer");
        Path inner = Files.createDirectories(folder.resolve("inner"));
        run(inner, "git", "init", "-q");
        write("inner/.gitignore", "secret\n");
        write("inner/file.txt", "inner");
        write("inner/secret", "ignored");

        assertEquals(Set.of("inner/.gitignore", "inner/file.txt", "outer.txt"), tree().paths());
    }

    @Test
    void commitAndRefAreThoseCheckedOut() throws Exception {
        checkout();
        write("a", "a");
        git("add", ".");
        git("commit", "-qm", "first");
        Checkout checkout = new Checkout(folder);

        assertEquals(Optional.of(git("rev-parse", "HEAD")), checkout.commit());
        assertEquals(Optional.of("trunk"), checkout.ref());

        git("checkout", "-q", "--detach");
        assertEquals(Optional.empty(), checkout.ref());

        git("tag", "v1");
        assertEquals(Optional.of("v1"), checkout.ref());
    }

    @Test
    void checkoutWithoutACommitHasNone() throws Exception {
        checkout();
        write("a", "a");

        assertEquals(Optional.empty(), new Checkout(folder).commit());
    }

    @Test
    void folderThatGitIgnoresIsSentWhole() throws Exception {
        checkout();
        write(".gitignore", "scratch/\n");
        write("scratch/a", "a");

        SourceTree tree = SourceTree.of(folder.resolve("scratch"), Map.of(), notices::add);
        assertEquals(Set.of("a"), tree.paths());
        assertFalse(tree.checkout());
    }

    @Test
    void folderIsSentWholeButForGitsOwn() throws Exception {
        write("a/b/c.txt", "c");
        write("kept/.git/config", "history is no source");
        Files.createDirectories(folder.resolve("empty"));

        assertEquals(Set.of("a", "a/b", "a/b/c.txt", "empty", "kept"), tree().paths());
        assertTrue(Files.isDirectory(unpacked().resolve("empty")));
    }

    @Test
    void whatSallyHasLeftHalfWrittenIsNoSource() throws Exception {
        write("a.txt", "a");
        write(".sally-0123456789abcdef.part", "half");
        write("kept/.sally-fedcba9876543210.part", "half");
        write(".sally-notes.part", "of the user's");
        assertEquals(Set.of(".sally-notes.part", "a.txt", "kept"), tree().paths());

        checkout();
        write("tracked/.sally-0123456789abcdef.part", "kept in git");
        git("add", "tracked");
        assertEquals(Set.of(".sally-notes.part", "a.txt", "tracked/.sally-0123456789abcdef.part"), tree().paths());
    }

    @Test
    void tarKeepsLinksAndWhatCanBeExecuted() throws Exception {
        write("script.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(folder.resolve("script.sh"), PosixFilePermissions.fromString("rwx------"));
        write("plain.txt", "plain");
        Files.setPosixFilePermissions(folder.resolve("plain.txt"), PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("plain.txt"));

        Path unpacked = unpacked();
        assertEquals("rwxr-xr-x", permissions(unpacked.resolve("script.sh")));
        assertEquals("rw-r--r--", permissions(unpacked.resolve("plain.txt")));
        assertEquals(Path.of("plain.txt"), Files.readSymbolicLink(unpacked.resolve("link")));
    }

    @Test
    void tarKeepsLongStrangeAndForeignNames() throws Exception {
        String deep = "d".repeat(120) + "/" + "e".repeat(120) + "/" + "f".repeat(200);
        List<String> names = List.of("a b", "new\nline", "quote'\"\\", "ä€𝄞", "-dash", deep);
        for (String name : names) {
            write(name, name);
        }

        Path unpacked = unpacked();
        for (String name : names) {
            assertEquals(name, Files.readString(unpacked.resolve(name)));
        }
    }

    @Test
    void nameThatIsNotUtf8IsRefusedByName() throws Exception {
        checkout();
        run(folder, "/bin/sh", "-c", "touch \"$(printf 'caf\\351')\"");

        BadSource wrong = assertThrows(BadSource.class, this::tree);
        assertEquals(
                "the file name 'caf\ufffd' is not UTF-8: rename the file, or have git ignore it", wrong.getMessage());

        run(folder, "rm", "-r", ".git");
        assertThrows(BadSource.class, this::tree);
    }

    @Test
    void fifoIsLeftOutAndTold() throws Exception {
        write("file", "file");
        run(folder, "mkfifo", "pipe");

        assertTrue(Files.exists(unpacked().resolve("file")));
        assertFalse(Files.exists(unpacked().resolve("pipe")));
        notices.subList(1, notices.size()).clear();
        assertEquals(List.of("'pipe' is left out: it is no file, folder or link"), notices);
    }

    @Test
    void fileThatIsGoneWhenItsTurnComesEndsTheSubmission() throws Exception {
        write("a", "a");
        SourceTree tree = tree();
        Files.delete(folder.resolve("a"));

        BadSource wrong =
                assertThrows(BadSource.class, () -> tree.tar(notices::add).writeTo(OutputStream.nullOutputStream()));
        assertEquals("'a' changed while it was sent, nothing was submitted: submit again", wrong.getMessage());
    }

    @Test
    void emptyAndMissingFoldersAreSaid() {
        assertThrows(BadSource.class, this::tree);
        assertThrows(BadSource.class, () -> SourceTree.of(folder.resolve("nowhere"), Map.of(), notices::add));
    }

    private SourceTree tree() throws IOException, InterruptedException {
        return SourceTree.of(folder, Map.of("HOME", root.toString()), notices::add);
    }

    /** What the tar program makes of our tar. */
    private Path unpacked() throws IOException, InterruptedException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        tree().tar(notices::add).writeTo(tar);
        Path place = Files.createTempDirectory(root, "unpacked");
        Path file = Files.write(place.resolveSibling(place.getFileName() + ".tar"), tar.toByteArray());
        run(place, "tar", "xpf", file.toString());
        return place;
    }

    private void checkout() throws IOException, InterruptedException {
        git("init", "-q");
        git("symbolic-ref", "HEAD", "refs/heads/trunk");
        git("config", "user.name", "Somebody");
        git("config", "user.email", "somebody@example.org");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return run(folder, command.toArray(String[]::new));
    }

    private static String run(Path where, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.strip();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
