package io.sallyport.builds.executor.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same text in each shell that is {@code /bin/sh} somewhere, as far as they are here. */
@Timeout(60)
class DriverScriptTest {
    @TempDir
    Path folder;

    private Path ask;
    private Path answer;

    @BeforeEach
    void pipes() throws Exception {
        // Files in the place of pipes: the answers are there already, the questions can be counted.
        ask = Files.createFile(folder.resolve("ask 'here'"));
        answer = Files.writeString(folder.resolve("answer"), "\n".repeat(10));
    }

    private record Result(int code, String out, String err) {}

    private Result run(String shell, Map<String, String> environment, String... commands) throws Exception {
        return run(shell, environment, Map.of(), commands);
    }

    private Result run(String shell, Map<String, String> environment, Map<Path, byte[]> files, String... commands)
            throws Exception {
        List<String> words = List.of(shell.split(" "));
        assumeTrue(HostCommand.find(words.getFirst()).isPresent(), shell + " is here");
        // A bell that nobody rings, and that the doorman does not make in a folder which is being removed.
        DriverScript script = new DriverScript(ask, answer, new Doorman(Path.of("/dev/null")));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        Process process = builder.start();
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(script.knock() + script.text(List.of(commands), environment, files, 0));
        } catch (IOException e) {
            // it ended before it read all
        }
        return new Result(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "bash", "busybox sh", "mksh", "yash"})
    void commandsShareAShellUntilOneFails(String shell) throws Exception {
        Result result = run(
                shell,
                Map.of("A", "it's\n$B", "UID", "7", "PPID", "8", "IFS", "x", "EUID", "9"),
                "x=1; cd /; set -u",
                "printf '%s %s %s' \"$x\" \"$PWD\" \"$A\"; exec 3>&1 4>&1",
                "cat",
                "(exit 5)",
                "echo never");

        assertEquals(5, result.code, result.err);
        assertEquals("1 / it's\n$B", result.out);
        assertEquals("", result.err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "bash", "busybox sh", "yash"})
    void tracingShowsCommandsOnly(String shell) throws Exception {
        Result result = run(shell, Map.of(), "set -x; PS4='+ '", "echo a", "trap 'echo bye' EXIT", "echo b");

        assertEquals(0, result.code, result.err);
        assertEquals("a\nb\nbye\n", result.out);
        List<String> shown = result.err
                .lines()
                .filter(line -> !line.matches("\\++ (eval|PS4=|trap).*"))
                .toList();
        assertEquals(
                List.of("+ echo a", "+ echo b"),
                shown.stream().map(line -> line.replace("++", "+")).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "bash", "busybox sh", "mksh", "yash"})
    void theLastCommandsCodeCountsWhereFailingIsAllowed(String shell) throws Exception {
        assertEquals(3, run(shell, Map.of(), "set +e", "false", "(exit 3)").code);
        assertEquals(0, run(shell, Map.of(), "set +e", "(exit 3)", "true").code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "bash", "busybox sh", "mksh", "yash"})
    void filesHaveEachByteAndNobodyElseReadsThem(String shell) throws Exception {
        byte[] content = new byte[70_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i % 257);
        }
        Path file = folder.resolve("a 'file'");
        Result result = run(shell, Map.of("LC_ALL", "C.UTF-8"), Map.of(file, content), "echo on");

        assertEquals("on\n", result.out, result.err);
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals("r--------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "bash", "busybox sh", "mksh", "yash"})
    void nothingRunsWithoutItsFiles(String shell) throws Exception {
        Result result = run(shell, Map.of(), Map.of(folder.resolve("no/folder"), new byte[1]), "echo never");

        assertNotEquals(0, result.code);
        assertEquals("", result.out);
    }
}
