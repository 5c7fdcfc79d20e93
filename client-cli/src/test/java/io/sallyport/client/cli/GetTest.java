package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
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
}
