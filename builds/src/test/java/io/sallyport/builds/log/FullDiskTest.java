package io.sallyport.builds.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small one in a mount namespace of its own. */
@Timeout(60)
class FullDiskTest {
    @TempDir
    Path folder;

    @Test
    void aFullDiskCostsNothingThatWasShown() throws Exception {
        assumeTrue(onSmallDisk("true").endsWith("exit 0"), "no mount namespaces here");
        assertEquals(
                "all is well\nexit 0",
                onSmallDisk(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        FullDisk.class.getName(),
                        folder.toString()));
    }

    private String onSmallDisk(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=256k none \"$0\" && exec \"$@\"",
                folder.toString()));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said + "exit " + process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }
}
