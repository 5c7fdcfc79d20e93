package io.sallyport.builds.executor.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.executor.process.ProcessLimits;
import io.sallyport.builds.plan.ArtifactRules;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArtifactCollectionTest {
    private static final String SECRET = "host secret";

    @TempDir
    Path temp;

    private final RecordedOutput output = new RecordedOutput();
    private final List<String> taken = new ArrayList<>();
    private Path run;
    private Path workspace;
    private Path outside;

    @BeforeEach
    void make() throws IOException {
        run = Files.createDirectory(temp.resolve("run-1"));
        workspace = Files.createDirectory(run.resolve("workspace"));
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("file"), SECRET);
    }

    private void collect(ProcessLimits limits, String... paths) throws Exception {
        ArtifactSink sink = (path, executable, bytes) ->
                taken.add(path + "=" + new String(Channels.newInputStream(bytes).readAllBytes(), UTF_8));
        ArtifactPatterns patterns = ArtifactPatterns.of(ArtifactRules.of(List.of(paths)));
        Notices notices = new Notices("artifacts", output);
        ArtifactCollection collection = new ArtifactCollection(patterns, limits.artifactFiles(), sink, notices);
        new WorkspaceWalk(patterns, SourceFiles.none(), limits.artifactEntries(), collection).over(workspace);
        notices.sayUnused(patterns);
    }

    private static ProcessLimits limits(int files, int entries) {
        return new ProcessLimits(16, 1, files, entries);
    }

    @Test
    void namesComeInOrder() throws Exception {
        for (String name : List.of("b", "a", "c/z", "c/y", "B")) {
            Files.createDirectories(workspace.resolve(name).getParent());
            Files.writeString(workspace.resolve(name), name);
        }
        collect(ProcessLimits.DEFAULT, "**");

        assertEquals(List.of("B=B", "a=a", "b=b", "c/y=c/y", "c/z=c/z"), taken);
    }

    @Test
    void linksAreSkippedAndSaid() throws Exception {
        Files.createSymbolicLink(workspace.resolve("file"), outside.resolve("file"));
        Files.createSymbolicLink(workspace.resolve("folder"), outside);
        collect(ProcessLimits.DEFAULT, "file", "folder/", "folder/file");

        assertEquals(List.of(), taken);
        assertEquals(
                List.of(
                        "artifacts: file is a link, it is not kept",
                        "artifacts: folder is a link, it is not kept",
                        "artifacts: nothing is there for file",
                        "artifacts: nothing is there for folder/",
                        "artifacts: nothing is there for folder/file"),
                output.system());
    }

    @Test
    void aWorkspaceThatBecameALinkIsNotEntered() throws Exception {
        Files.delete(workspace);
        Files.createSymbolicLink(workspace, outside);

        assertThrows(IOException.class, () -> collect(ProcessLimits.DEFAULT, "**"));
        assertEquals(List.of(), taken);
    }

    @Test
    void whatIsSwappedMeanwhileLeaksNothing() throws Exception {
        Files.createDirectory(workspace.resolve("d"));
        Files.writeString(workspace.resolve("d/file"), "own");
        Files.writeString(workspace.resolve("f"), "own");
        AtomicBoolean go = new AtomicBoolean(true);
        Thread swapper = Thread.ofPlatform().start(() -> swap(go));
        try {
            for (int i = 0; i < 3000; i++) {
                try {
                    collect(ProcessLimits.DEFAULT, "**");
                } catch (IOException e) {
                    // a folder that vanished in the middle; what counts is what was taken
                }
            }
        } finally {
            go.set(false);
            swapper.join();
        }
        assertTrue(taken.stream().anyMatch(each -> each.endsWith("=own")));
        assertFalse(taken.stream().anyMatch(each -> each.contains(SECRET)));
    }

    /** Puts a folder or file and a link to the outside in each other's place, over and over. */
    private void swap(AtomicBoolean go) {
        try {
            Path link = Files.createSymbolicLink(run.resolve("link"), outside);
            Path fileLink = Files.createSymbolicLink(run.resolve("file-link"), outside.resolve("file"));
            while (go.get()) {
                exchange(workspace.resolve("d"), link);
                exchange(workspace.resolve("f"), fileLink);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void exchange(Path one, Path other) throws IOException {
        Path aside = run.resolve("aside");
        Files.move(one, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.move(other, one, StandardCopyOption.ATOMIC_MOVE);
        Files.move(aside, other, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void tooManyFilesOrEntriesFail() throws Exception {
        for (int i = 0; i < 5; i++) {
            Files.writeString(workspace.resolve("f" + i), "x");
        }
        collect(limits(5, 5), "**");

        assertThrows(IOException.class, () -> collect(limits(4, 10), "**"));
        assertThrows(IOException.class, () -> collect(limits(1, 4), "f1"));
    }

    @Test
    void whatIsTooDeepIsSaid() throws Exception {
        Files.createDirectories(workspace.resolve("d/".repeat(100)));
        Files.writeString(workspace.resolve("d/".repeat(100) + "last"), "x");
        collect(ProcessLimits.DEFAULT, "d");
        assertEquals(1, taken.size());

        Files.createDirectories(workspace.resolve("d/".repeat(101)));
        collect(ProcessLimits.DEFAULT, "d");
        assertTrue(output.system().getFirst().endsWith("is too deep, it is not kept"), output.all());
    }

    @Test
    void aNameThatIsNotUtf8IsSkippedAndSaid() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "echo x > $(printf 'a\\377b'); echo y > é")
                .directory(workspace.toFile())
                .start();
        assertEquals(0, process.waitFor());
        collect(ProcessLimits.DEFAULT, "*");

        assertEquals(List.of("é=y\n"), taken);
        assertTrue(output.system().getFirst().contains("not UTF-8"), output.all());
    }

    @Test
    void manyNoticesAreCutShort() throws Exception {
        for (int i = 0; i < 50; i++) {
            Files.createSymbolicLink(workspace.resolve("l" + i), outside);
        }
        collect(ProcessLimits.DEFAULT, "**");

        assertEquals(21, output.system().size());
    }
}
