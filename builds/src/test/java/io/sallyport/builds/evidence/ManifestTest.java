package io.sallyport.builds.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    /** Names that have fooled readers of such lists. */
    private static final List<String> HOSTILE = List.of(
            "-",
            "--check",
            " lead and tail ",
            "*star",
            "# state: succeeded",
            "line\nend",
            "return\r",
            "back\\slash",
            "\\n",
            "two  spaces",
            "SHA256 (x) = y",
            "dist/größe 東京 🚪",
            "tab\there",
            "\u001b[2K");

    @TempDir
    Path folder;

    @Test
    void theHeaderBindsItToTheBuild() {
        assertEquals(
                """
                # sallyport-manifest: 1
                # build: 42
                # project: team/web
                # state: succeeded
                # source: sha256:5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a
                # finished: 2026-11-20T12:00:01.000Z
                %s  dist/app
                """.formatted(EndingBuild.artifact("dist/app").blob().digest().hex()), manifest("dist/app"));
    }

    @Test
    void sha256sumChecksAFolderWhateverTheNamesAre() throws Exception {
        for (String path : HOSTILE) {
            write(path, path);
        }
        Check check = check(manifest(HOSTILE.toArray(String[]::new)));
        assertEquals(0, check.status, check.said);
        assertEquals(
                HOSTILE.size(),
                check.said.lines().filter(line -> line.endsWith(": OK")).count(),
                check.said);
    }

    @Test
    void sha256sumFindsAChangedFileWhateverItsNameIs() throws Exception {
        for (String path : HOSTILE) {
            write(path, path);
        }
        String manifest = manifest(HOSTILE.toArray(String[]::new));
        for (String path : HOSTILE) {
            write(path, "changed");
            assertNotEquals(0, check(manifest).status, path);
            write(path, path);
        }
    }

    @Test
    void noNameCanPretendToBeALineOfItsOwn() {
        String manifest = manifest(HOSTILE.toArray(String[]::new));
        assertEquals(6, manifest.lines().filter(line -> line.startsWith("#")).count(), manifest);
        assertEquals(HOSTILE.size() + 6, manifest.lines().count(), manifest);
        assertEquals(
                List.of(),
                manifest.lines()
                        .skip(6)
                        .filter(line -> !line.matches("\\\\?[0-9a-f]{64}  .+"))
                        .toList());
    }

    private static String manifest(String... paths) {
        List<Artifact> artifacts = Stream.of(paths).map(EndingBuild::artifact).toList();
        return Manifest.of(EndingBuild.record(), BuildState.SUCCEEDED, EndingBuild.FINISHED, artifacts);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private record Check(int status, String said) {}

    private Check check(String manifest) throws IOException, InterruptedException {
        Path list = Files.writeString(folder.resolve("manifest of the build"), manifest);
        ProcessBuilder builder = new ProcessBuilder("sha256sum", "--strict", "-c", list.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor() >= 0);
        return new Check(process.exitValue(), said);
    }
}
