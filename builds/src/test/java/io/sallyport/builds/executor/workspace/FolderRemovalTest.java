package io.sallyport.builds.executor.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRemovalTest {
    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(temp.resolve("folder"));
    }

    private void removeAndCheck() throws IOException {
        FolderRemoval.remove(folder);
        assertFalse(Files.exists(folder, LinkOption.NOFOLLOW_LINKS));
    }

    private void sh(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-ec", script)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
    }

    @Test
    void whatNobodyMayReadOrChange() throws Exception {
        sh("mkdir -p a/b/c; echo x > a/b/c/d; echo y > a/b/e; chmod 000 a/b/c a/b/e; chmod 500 a/b; chmod 000 a");
        removeAndCheck();
    }

    @Test
    void aFolderThatIsClosedItself() throws Exception {
        sh("mkdir a; echo x > a/b");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        removeAndCheck();
    }

    @Test
    void aTreeDeeperThanAnyPath() throws Exception {
        sh("""
            D=$(printf 'dddddddddd/%.0s' $(seq 300))
            for i in 1 2 3 4 5 6 7 8; do
              mkdir -p next/$D; if test -e top; then mv top next/$D; fi; mv next top
            done
            """);
        removeAndCheck();
    }

    @Test
    void linksGoAndWhatTheyLeadToStays() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside/sub"));
        Path canary = Files.writeString(outside.resolve("canary"), "x");
        sh(
                "ln -s ../outside folder; ln -s ../outside/sub/canary file; ln -s missing dangling; mkdir d; ln -s ../.. d/up");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("r-xr-xr-x"));

        removeAndCheck();
        assertTrue(Files.exists(canary));
        assertEquals("r-xr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(outside)));
    }

    @Test
    void aLinkInTheFoldersOwnPlaceGoesAlone() throws Exception {
        Files.delete(folder);
        Path canary = Files.writeString(temp.resolve("canary"), "x");
        Files.createSymbolicLink(folder, temp);

        removeAndCheck();
        assertTrue(Files.exists(canary));
    }

    @Test
    void manyFilesOddNamesAndPipes() throws Exception {
        sh(
                "mkfifo p; mkdir -p ' ' '*' ./-rf; printf x > \"$(printf 'a\\nb')\"; mkdir $(seq 2000); for i in $(seq 2000); do : > $i/x; done");
        removeAndCheck();
    }

    @Test
    void nothingAtAll() throws IOException {
        removeAndCheck();
        removeAndCheck();
    }
}
