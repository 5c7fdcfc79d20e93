package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fetching of artifacts. */
class GetTest extends OverSsh {
    @Test
    void artifactIsFetchedThroughLostConnectionsAndChecked() throws IOException {
        byte[] big = artifacts();
        Cuts cuts = new Cuts(1, "big");

        SallyRun streamed = sally(cuts, "get", "7", "big", "-o", "-");
        assertArrayEquals(big, streamed.out());
        assertEquals(0, streamed.status(), streamed.err());
        assertEquals(0, cuts.left);

        SallyRun named = sally("get", "7", "dist/a b");
        assertEquals("small", Files.readString(folder.resolve("a b")));
        assertEquals(0, named.status(), named.err());
    }

    @Test
    void artifactsAreListedOverAllPages() throws IOException {
        byte[] big = artifacts();

        SallyRun run = sally("get", "7");

        assertEquals(
                BIG + "  " + sha256(big) + "  big\n",
                run.text().lines().findFirst().orElse("") + "\n");
        assertTrue(run.text().endsWith("  dist/a b\n"), run.text());
    }

    @Test
    void allArtifactsKeepTheirPaths() throws IOException {
        byte[] big = artifacts();

        SallyRun run = sally("get", "7", "--all");

        assertEquals(0, run.status());
        assertTrue(run.err().startsWith("sally: 2 artifacts are in "), run.err());
        assertArrayEquals(big, Files.readAllBytes(folder.resolve("build-7/big")));
        assertEquals("small", Files.readString(folder.resolve("build-7/dist/a b")));
    }

    @Test
    void allArtifactsComeButThoseThatGitWouldTakeForARepository() throws Exception {
        build(".git/config", "[core]\n\tfsmonitor = touch ran\n", "dist/app", "app");
        run("git", "init", "-q");

        SallyRun run = sally("get", "7", "--all", "-o", ".");

        assertEquals(
                "error: cannot write '.git/config': git takes '.git' for a repository, whose settings run commands;"
                        + " to have it nevertheless: sally get 7 .git/config -o FILE\n"
                        + "sally: 1 of 2 artifacts are in " + folder.resolve(".") + ", checked\n",
                run.err());
        assertEquals(73, run.status());
        assertEquals("app", Files.readString(folder.resolve("dist/app")));
        run("git", "status");
        assertEquals(List.of(".git", "dist"), namesHere());
        assertEquals(0, sally("get", "7", ".git/config", "-o", "config").status());
        assertTrue(Files.readString(folder.resolve("config")).contains("touch ran"));
    }

    @Test
    void folderThatWouldBeARepositoryWithoutTheNameIsNotFilled() throws Exception {
        build(
                "r/HEAD",
                "ref: refs/heads/x\n",
                "r/refs/x",
                "",
                "r/objects/x",
                "",
                "r/config",
                "[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = touch ran\n",
                "dist/HEAD",
                "only a name");

        SallyRun run = sally("get", "7", "--all");

        assertEquals(73, run.status());
        assertTrue(
                run.err()
                        .contains("error: cannot write 'r/config': git takes '" + folder.resolve("build-7/r")
                                + "', with HEAD"),
                run.err());
        assertTrue(
                run.err().endsWith("sally: 1 of 5 artifacts are in " + folder.resolve("build-7") + ", checked\n"),
                run.err());
        assertEquals("only a name", Files.readString(folder.resolve("build-7/dist/HEAD")));
        assertFalse(Files.exists(folder.resolve("build-7/r")));
    }

    @Test
    void folderThatMoreThanOneBuildMakesARepositoryIsNotFilledOn() throws Exception {
        build("r/HEAD", "ref: refs/heads/x\n", "r/config", "[core]\n");
        assertEquals(0, sally("get", "7", "--all", "-o", "all").status());

        build("r/refs/x", "", "r/objects/x", "");
        assertEquals(73, sally("get", "7", "--all", "-o", "all").status());
        assertFalse(Files.exists(folder.resolve("all/r/refs")));
    }

    @Test
    void fileOfTheUsersIsReplacedOnlyByForce() throws IOException {
        build("Makefile", "theirs", "same", "same", "new", "new");
        Files.writeString(folder.resolve("Makefile"), "mine");
        Files.writeString(folder.resolve("same"), "same");

        SallyRun run = sally("get", "7", "--all", "-o", ".");

        assertEquals(
                "error: cannot write 'Makefile': another file is at '" + folder.resolve("./Makefile")
                        + "' already, which --force replaces\n"
                        + "sally: 2 of 3 artifacts are in " + folder.resolve(".") + ", checked\n",
                run.err());
        assertEquals(73, run.status());
        assertEquals("mine", Files.readString(folder.resolve("Makefile")));
        assertEquals("new", Files.readString(folder.resolve("new")));

        SallyRun forced = sally("get", "7", "--all", "-o", ".", "--force");
        assertEquals(0, forced.status(), forced.err());
        assertEquals("theirs", Files.readString(folder.resolve("Makefile")));
    }

    @Test
    void sallysOwnFolderIsAsTheBuildAgain() throws IOException {
        build("app", "app", "other", "other");
        assertEquals(0, sally("get", "7", "--all").status());
        Files.writeString(folder.resolve("build-7/app"), "changed");

        SallyRun again = sally("get", "7", "--all");

        assertEquals("sally: 2 artifacts are in " + folder.resolve("build-7") + ", checked\n", again.err());
        assertEquals("app", Files.readString(folder.resolve("build-7/app")));
    }

    @Test
    void pathThatIsNoneIsLeftOut() throws IOException {
        build("a/\\ud800", "x", "../b", "x", "c", "x");

        SallyRun run = sally("get", "7", "--all");

        assertEquals(73, run.status());
        assertEquals(2, run.err().split(": it is not a path below a folder\n", -1).length - 1, run.err());
        assertEquals("x", Files.readString(folder.resolve("build-7/c")));
        assertEquals(List.of("build-7"), namesHere());
    }

    @Test
    void damagedArtifactIsNotKept() throws IOException {
        artifacts();
        serve("a b", "smalL");
        Files.writeString(folder.resolve("kept"), "before");

        SallyRun run = sally("get", "7", "dist/a b", "-o", "kept");

        assertTrue(run.err().startsWith("error: 'dist/a b' came damaged (sha256 "), run.err());
        assertEquals(65, run.status());
        assertEquals("before", Files.readString(folder.resolve("kept")));
        assertEquals(List.of("kept"), namesHere());
    }

    @Test
    void artifactOfABuildThatGoesOnIsWaitedFor() throws IOException {
        serve("page1", "{\"items\":[]}\n");
        serve("build", "{\"id\":7,\"project\":\"web\",\"state\":\"running\"}\n");

        for (String[] words : new String[][] {{"get", "7"}, {"get", "7", "dist/app"}, {"get", "7", "--all"}}) {
            SallyRun run = sally(words);
            assertEquals("error: build 7 is still running: sally wait 7\n", run.err());
            assertEquals(75, run.status());
        }
        serve("build", "{\"id\":7,\"state\":\"failed\",\"finished\":\"2026-11-20T10:00:03.140Z\"}\n");
        assertEquals("no artifacts\n", sally("get", "7").text());
    }

    @Test
    void artifactsAreCompleted() throws IOException {
        artifacts();

        assertEquals("big\n", sally("completion", "words", "--", "get", "7", "").text());
        assertEquals(
                "\n", sally("completion", "words", "--", "get", "7", "-o", "").text());
    }

    @Test
    void folderOfAFileIsNotMade() throws IOException {
        artifacts();

        SallyRun run = sally("get", "7", "dist/a b", "-o", "none/x");

        assertEquals("error: cannot write '" + folder.resolve("none/x") + "': its folder does not exist\n", run.err());
        assertEquals(73, run.status());
        assertEquals(List.of(), namesHere());
    }

    @Test
    void artifactIsDamagedAsSoonAsItIsLongerThanListed() throws IOException {
        artifacts();
        serve("endless.a b", "");

        SallyRun run = sally("get", "7", "dist/a b");

        assertEquals(
                "error: 'dist/a b' came damaged (more than 5 bytes, should be 5 bytes): nothing was kept, fetch it again\n",
                run.err());
        assertEquals(65, run.status());
        assertEquals(List.of(), namesHere());
    }

    @Test
    void artifactThatIsNotThereIsSaid() throws IOException {
        artifacts();

        SallyRun run = sally("get", "7", "nothing");

        assertEquals("error: build 7 has no artifact 'nothing': see 'sally get 7' for what it has\n", run.err());
        assertEquals(66, run.status());
    }

    private void run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    /** A build with artifacts of these paths and contents in turn. */
    private void build(String... pathsAndContents) throws IOException {
        List<String> items = new ArrayList<>();
        Path any = Files.createDirectories(sshd.state().resolve("any"));
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            String content = pathsAndContents[i + 1];
            items.add(item(pathsAndContents[i], content.getBytes(StandardCharsets.UTF_8)));
            if (!pathsAndContents[i].contains("\\")) {
                Path file = any.resolve(pathsAndContents[i]).normalize();
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
            }
        }
        serve("page1", "{\"items\":[" + String.join(",", items) + "]}\n");
    }
}
