package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.builds.Refusal.TooLarge;
import io.sallyport.builds.source.Received.Pending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives by the programs that people have; each is unpacked and compared with the folder it was made of. */
class RealToolsTest {
    private static final String LONG = "a-rather-long-folder-name-of-some-fifty-characters";

    @TempDir
    Path folder;

    private Door door;
    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        door = new Door(Files.createDirectory(folder.resolve("state")));
        project = Files.createDirectory(folder.resolve("project"));
        file(".sallyport.yml", "script: make\n", false);
        file("run.sh", "#!/bin/sh\n", true);
        file("empty", "", false);
        file("src/" + LONG + "/" + LONG + "/" + LONG + "/file.txt", "deep\n", false);
        file("with space & sign/ünïcödé 漢字.txt", "words\n", false);
        Files.createDirectories(project.resolve("no/files/here"));
        Files.createSymbolicLink(project.resolve("src/link"), Path.of("../run.sh"));
        Files.createSymbolicLink(project.resolve("dangling"), Path.of("not/there"));
        Files.createLink(project.resolve("src/same"), project.resolve("run.sh"));
        setTimes(project);
    }

    private void file(String path, String text, boolean executable) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void setTimes(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(TarMaker.TIME)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "oldgnu", "pax", "posix", "ustar"})
    void gnuTarInEachOfItsFormats(String format) throws Exception {
        assertComesBack(run("tar", "-c", "--format=" + format, "."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--gzip", "--zstd", "--xz"})
    void compressedByTarItself(String option) throws Exception {
        assumeTrue(installed(option.substring(2)));
        assertComesBack(run("tar", "-c", option, "."));
    }

    @Test
    void bsdtarAndCpioAndPythonAndPerlWhereTheyAreInstalled() throws Exception {
        if (installed("bsdtar")) {
            assertComesBack(run("bsdtar", "-c", "-f", "-", "."));
            assertComesBack(run("bsdtar", "-c", "--format=ustar", "-f", "-", "."));
        }
        if (installed("python3")) {
            String script =
                    "import sys,tarfile\nwith tarfile.open(fileobj=sys.stdout.buffer,mode='w|') as t: t.add('.')";
            assertComesBack(run("python3", "-c", script));
        }
        if (installed("busybox")) {
            assertComesBack(run("busybox", "tar", "-c", "."));
        }
    }

    @Test
    void zipWithLinks() throws Exception {
        assumeTrue(installed("zip"));
        assertComesBack(zip("-r", "-y"));
    }

    @Test
    void zipWithoutCompressionOrFolders() throws Exception {
        assumeTrue(installed("zip"));
        assertComesBack(zip("-r", "-y", "-0"));
        try (Pending pending = door.pending(zip("-r", "-y", "-D"))) {
            assertEquals(
                    "script: make\n", new String(pending.spec().orElseThrow().bytes(), UTF_8));
        }
    }

    @Test
    void zipAsAStream() throws Exception {
        assumeTrue(installed("zip"));
        try (Pending pending = door.pending(run("zip", "-q", "-", ".sallyport.yml", "run.sh"))) {
            assertEquals(
                    "script: make\n", new String(pending.spec().orElseThrow().bytes(), UTF_8));
        }
    }

    private byte[] zip(String... options) throws Exception {
        Path file = folder.resolve("project.zip");
        Files.deleteIfExists(file);
        List<String> command = new ArrayList<>(List.of("zip", "-q"));
        command.addAll(List.of(options));
        command.addAll(List.of(file.toString(), "."));
        run(command.toArray(String[]::new));
        return Files.readAllBytes(file);
    }

    @Test
    void gitArchive() throws Exception {
        assumeTrue(installed("git"));
        run("git", "init", "-q");
        run("git", "add", ".");
        run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "all");
        String commit = new String(run("git", "rev-parse", "HEAD"), UTF_8).strip();

        for (String format : List.of("tar", "tar.gz", "zip")) {
            try (Pending pending = door.pending(run("git", "archive", "--format=" + format, "HEAD"))) {
                assertEquals(Optional.of(commit), pending.gitCommit(), format);
                assertEquals(
                        "script: make\n",
                        new String(pending.spec().orElseThrow().bytes(), UTF_8));
                Path copy = Files.createDirectory(folder.resolve("copy-" + format));
                new SourceUnpacker(door.blobs).unpack(pending.commit(), copy);
                assertEquals("words\n", Files.readString(copy.resolve("with space & sign/ünïcödé 漢字.txt")));
                assertEquals(Path.of("../run.sh"), Files.readSymbolicLink(copy.resolve("src/link")));
            }
        }
    }

    @Test
    void aZstdWindowThatIsTooLarge() throws Exception {
        assumeTrue(installed("zstd"));
        byte[] bomb = run("sh", "-c", "tar -c . | zstd -q --ultra -22 --long=31");

        assertEquals(new TooLarge("compression window", 8 << 20), door.refuse(bomb));
    }

    @Test
    void severalCompressorsAtWork() throws Exception {
        assumeTrue(installed("zstd") && installed("xz"));
        assertComesBack(run("sh", "-c", "tar -c . | zstd -q -T2 -19"));
        assertComesBack(run("sh", "-c", "tar -c . | xz -T2 --block-size=4KiB"));
        assertComesBack(run("sh", "-c", "tar -c . | gzip -1"));
    }

    @Test
    void tarReadsTheTarThatIsMadeOfAZip() throws Exception {
        assumeTrue(installed("zip"));
        Source source = door.accept(zip("-r", "-y"));
        Path tar = folder.resolve("source.tar");
        SourceTarTest.copy(new SourceTar(door.blobs).content(source), 0, tar);
        Path copy = Files.createDirectory(folder.resolve("by-tar"));

        run("tar", "-x", "-f", tar.toString(), "-C", copy.toString());

        assertEquals(inventory(project), inventory(copy));
    }

    private void assertComesBack(byte[] archive) throws Exception {
        Path copy = Files.createTempDirectory(folder, "copy");
        try (Pending pending = door.pending(archive)) {
            assertEquals(
                    "script: make\n", new String(pending.spec().orElseThrow().bytes(), UTF_8));
            new SourceUnpacker(door.blobs).unpack(pending.commit(), copy);
        }
        assertEquals(inventory(project), inventory(copy));
    }

    /** Each path with what it is. */
    static Map<String, String> inventory(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(path -> !path.equals(root)).toList()) {
                all.put(root.relativize(path).toString(), describe(path));
            }
        }
        return all;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        return Files.isDirectory(path)
                ? "folder " + mode
                : mode + " " + Files.getLastModifiedTime(path) + " " + Files.readString(path);
    }

    private static boolean installed(String program) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + program)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private byte[] run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor(), () -> String.join(" ", command));
        return output;
    }
}
