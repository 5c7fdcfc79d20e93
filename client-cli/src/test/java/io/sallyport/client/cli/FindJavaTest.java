package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the launchers find a JDK 25. */
class FindJavaTest {
    private static final Path SCRIPT =
            Path.of("..", "bin", "find-java.sh").toAbsolutePath().normalize();

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"25", "25.0.3", "25-ea", "25+36"})
    void javaHomeIsTakenIfItIsOne(String version) throws Exception {
        Path home = jdk("a jdk", version);

        assertEquals(home + "/bin/java", found(home, "/usr/bin:/bin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "24", "26", "250"})
    void javaHomeOfAnotherVersionIsPassedOver(String version) throws Exception {
        Path other = jdk("other", version);
        Path good = jdk("good", "25.0.1");

        assertEquals(good + "/bin/java", found(other, good + "/bin:/usr/bin:/bin"));
    }

    @Test
    void javaOnThePathMayBeALink() throws Exception {
        Path good = jdk("good", "25.0.1");
        Path bin = Files.createDirectory(root.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), good.resolve("bin/java"));

        assertEquals(good + "/bin/java", found(root.resolve("nowhere"), bin + ":/usr/bin:/bin"));
    }

    @Test
    void shimOnThePathIsAskedWhereItsJdkIs() throws Exception {
        Path good = jdk("good", "25.0.1");
        Path bin = Files.createDirectory(root.resolve("bin"));
        program(bin.resolve("java"), "#!/bin/sh\necho '    java.home = " + good + "' >&2\n");

        assertEquals(good + "/bin/java", found(root.resolve("nowhere"), bin + ":/usr/bin:/bin"));
    }

    private static String found(Path javaHome, String path) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh",
                "-c",
                "set -eu; . '" + SCRIPT + "'; find_java; [ \"$JAVA\" = \"$JAVA_HOME/bin/java\" ]; echo \"$JAVA\"");
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("PATH", path);
        Process shell = builder.redirectErrorStream(true).start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), output);
        return output.strip();
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = root.toRealPath().resolve(name);
        Files.createDirectories(home.resolve("bin"));
        program(home.resolve("bin/java"), "#!/bin/sh\n");
        program(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertEquals(true, file.toFile().setExecutable(true));
    }
}
