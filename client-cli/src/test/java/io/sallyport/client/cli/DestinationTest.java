package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.client.Artifact;
import io.sallyport.client.ClientException;
import io.sallyport.client.ClientException.Withheld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @TempDir
    private Path root;

    @Test
    void oneArtifactGoesByItsNameOrWhereTheUserSays() throws IOException {
        Destination here = new Destination(root, 7);
        Files.createDirectory(root.resolve("there"));

        assertEquals(root.resolve("app.tar"), here.file(artifact("dist/app.tar"), null));
        assertEquals(root.resolve("x.tar"), here.file(artifact("dist/app.tar"), "x.tar"));
        assertEquals(root.resolve("there/app.tar"), here.file(artifact("dist/app.tar"), "there"));
        assertEquals(root.resolve("new/app.tar"), here.file(artifact("dist/app.tar"), "new/"));
    }

    @Test
    void allArtifactsKeepTheirPaths() throws IOException {
        Path file = new Destination(root.resolve("all"), 7).within(artifact("dist/linux/app.tar"));

        assertEquals(root.resolve("all/dist/linux/app.tar"), file);
        assertTrue(Files.isDirectory(file.getParent()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "a//b", "./x", "", "a/", "a/\ud800", "a\0b"})
    void pathThatLeavesTheFolderIsRefused(String path) {
        Withheld withheld =
                assertThrows(Withheld.class, () -> new Destination(root.resolve("all"), 7).within(artifact(path)));
        assertTrue(
                String.valueOf(withheld.getMessage()).endsWith("it is not a path below a folder"),
                withheld::getMessage);
        assertFalse(Files.exists(root.resolve("x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/config",
                "a/.git/config",
                ".git",
                ".GIT/config",
                ".git./config",
                ".git . /config",
                ".git::$INDEX_ALLOCATION/config",
                "git~1/config",
                "GIT~1/config",
                ".g\u200cit/config",
                "\ufeff.git/config",
                ".git\u00ad/config",
                "a\\.git\\config"
            })
    void pathThatGitTakesForARepositoryIsRefused(String path) {
        Withheld withheld =
                assertThrows(Withheld.class, () -> new Destination(root.resolve("all"), 7).within(artifact(path)));

        assertTrue(
                String.valueOf(withheld.getMessage()).contains("to have it nevertheless: sally get 7 "),
                withheld::getMessage);
        assertFalse(Files.exists(root.resolve("all")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".gitignore",
                ".github/x",
                "git/config",
                "x.git/config",
                ".git-old/x",
                "git~2/x",
                ".gitx",
                "a.git"
            })
    void nameThatIsOnlyLikeGitsIsNone(String path) throws IOException {
        assertEquals(root.resolve(path), new Destination(root, 7).within(artifact(path)));
    }

    @Test
    void nameOfTheUsersOwnIsHisToChoose() throws IOException {
        Destination here = new Destination(root, 7);
        Files.createDirectory(root.resolve("there"));

        assertThrows(Withheld.class, () -> here.file(artifact("x/.git"), null));
        assertThrows(Withheld.class, () -> here.file(artifact("x/.git"), "there"));
        assertThrows(Withheld.class, () -> here.file(artifact("x/.git"), "new/"));
        assertEquals(root.resolve("config"), here.file(artifact(".git/config"), null));
        assertEquals(root.resolve("FILE"), here.file(artifact("x/.git"), "FILE"));
        assertEquals(root.resolve("FILE"), here.file(artifact(".."), "FILE"));
    }

    @Test
    void linkOnTheWayIsNotFollowed() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Path all = Files.createDirectory(root.resolve("all"));
        Files.createSymbolicLink(all.resolve("dist"), outside);
        Files.createSymbolicLink(all.resolve("file"), outside.resolve("file"));
        Destination destination = new Destination(all, 7);

        assertThrows(ClientException.class, () -> destination.within(artifact("dist/app.tar")));
        assertThrows(ClientException.class, () -> destination.within(artifact("file")));
    }

    private static Artifact artifact(String path) {
        return new Artifact(path, 0, "0".repeat(64));
    }
}
