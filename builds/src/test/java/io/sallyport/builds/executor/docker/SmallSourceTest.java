package io.sallyport.builds.executor.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.Volume;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How sources get into containers that were made ahead. The engine keeps the fraction of a second of a file's time, a
 * shell that unpacks does not: so what a job sees tells which of them it was.
 */
@Timeout(180)
class SmallSourceTest extends OnEngine {
    private static final ReadySettings READY = new ReadySettings(1, 64 << 20, Duration.ofHours(1), 100);
    private static final Instant MODIFIED = Instant.parse("2026-02-03T04:05:06.5Z");
    private static final String WHOSE = "stat -c '%a %u:%g %y' ";
    private static final String BY_SHELL = "2026-02-03 04:05:06.000000000 +0000";
    private static final String BY_ENGINE = "2026-02-03 04:05:06.500000000 +0000";

    private static DockerExecutor executor(String image, WorkspaceFiller filler) throws IOException {
        return DockerExecutor.open(settings(image, READY), filler);
    }

    /** The second job with a source, which has a container that was made ahead; the first has shown what the image can. */
    private Exit second(String image, WorkspaceFiller filler, String... script) throws Exception {
        try (DockerExecutor executor = executor(image, filler)) {
            try (Run run = executor.prepare(orders.of())) {
                run.start(Commands.of(List.of("true")), new RecordedOutput());
                assertEquals(new Exit.Code(0), run.await());
            }
            Ready.await(executor, 1);
            try (Run run = executor.prepare(orders.of())) {
                assertEquals(1, executor.ready().taken());
                run.start(Commands.of(List.of(script)), output);
                return run.await();
            }
        }
    }

    private static void file(Path workspace, String name, byte[] content) throws IOException {
        Path file = workspace.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    }

    private static byte[] all256() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    @Test
    void theShellUnpacksASmallOne() throws Exception {
        WorkspaceFiller filler = (source, workspace) -> {
            file(workspace, "sub/bytes", all256());
            Files.createDirectory(workspace.resolve("empty"));
            Files.setPosixFilePermissions(workspace.resolve("sub"), PosixFilePermissions.fromString("rwx------"));
        };
        for (String image : List.of(TestEngine.BUSYBOX, dash("sallyport/dash", Map.of()))) {
            assertEquals(
                    new Exit.Code(0),
                    second(
                            image,
                            filler,
                            WHOSE + "sub/bytes; stat -c '%a %u:%g' sub empty",
                            "sha256sum <sub/bytes",
                            "find . | sort; ls -A ../files ../tmp; umask; set -o | grep xtrace"),
                    output::all);
        }
        String seen = "751 1000:1000 " + BY_SHELL + "\n700 1000:1000\n755 1000:1000\n"
                + "40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880  -\n"
                + ".\n./empty\n./sub\n./sub/bytes\n../files:\n\n../tmp:\n0022\nxtrace         \toff\n";
        assertEquals((seen + seen).replaceAll("[ \t]+off", " off"), output.out().replaceAll("[ \t]+off", " off"));
        assertEquals("", output.err());
    }

    @Test
    void hostileNamesAreNames() throws Exception {
        List<String> names = List.of(
                "-rf", "--checkpoint-action=exec=sh", "a\nb", "%s%n\\0'\"$(touch x)`touch y`", " lead", "\u00fc");
        assertEquals(
                new Exit.Code(0),
                second(
                        TestEngine.BUSYBOX,
                        (source, workspace) -> {
                            for (String name : names) {
                                file(workspace, name, name.getBytes(UTF_8));
                            }
                        },
                        "for each in * .[!.]*; do [ ! -e \"$each\" ] || [ \"$(cat \"./$each\")\" = \"$each\" ] || exit 3; done",
                        "find . -type f -print0 | tr -cd '\\0' | wc -c",
                        WHOSE + "./-rf"),
                output::all);
        assertEquals(names.size() + "\n751 1000:1000 " + BY_SHELL + "\n", output.out());
    }

    @Test
    void theEngineUnpacksWhatIsNotSmallAndPlain() throws Exception {
        List<WorkspaceFiller> others = List.of(
                (source, workspace) -> Files.write(workspace.resolve("large"), new byte[SmallTar.MOST]),
                (source, workspace) -> Files.createSymbolicLink(workspace.resolve("link"), Path.of("/etc/passwd")),
                (source, workspace) -> Files.createLink(workspace.resolve("twice"), workspace.resolve("f")),
                (source, workspace) -> {
                    Path locked = Files.createDirectory(workspace.resolve("locked"));
                    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
                },
                (source, workspace) -> file(workspace, "d/".repeat(50) + "f", new byte[0]));
        for (WorkspaceFiller other : others) {
            assertEquals(
                    new Exit.Code(0),
                    second(
                            TestEngine.BUSYBOX,
                            (source, workspace) -> {
                                file(workspace, "f", new byte[0]);
                                other.fill(source, workspace);
                            },
                            WHOSE + "f"),
                    output::all);
        }
        assertEquals(("751 1000:1000 " + BY_ENGINE + "\n").repeat(5), output.out());
    }

    @Test
    void anImageWithoutTarHasItUnpackedByTheEngine() throws Exception {
        String image = dash("sallyport/notar", Map.of("bin/tar", "not a program\n"));
        assertEquals(
                new Exit.Code(0),
                second(
                        image,
                        (source, workspace) -> file(workspace, "f", new byte[0]),
                        WHOSE + "f",
                        "ls -A ../tmp ../files"),
                output::all);
        assertEquals("751 1000:1000 " + BY_ENGINE + "\n../files:\n\n../tmp:\n", output.out());
        assertEquals("", output.err());
    }

    @Test
    void onePartOfASourceIsNotBuilt() throws Exception {
        String image =
                dash("sallyport/full", Map.of("bin/tar", "#!/bin/sh\nulimit -f 100; exec /bin/busybox tar \"$@\"\n"));
        IOException failure = assertThrows(
                IOException.class,
                () -> second(
                        image,
                        (source, workspace) -> {
                            file(workspace, "a", "secret words".getBytes(UTF_8));
                            file(workspace, "b", new byte[100 << 10]);
                        },
                        "echo built"));
        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("the source cannot be unpacked in the container: "),
                failure::getMessage);
        assertEquals("", output.out());
        assertFalse((output.all() + failure.getMessage()).contains("secret words"), output::all);
    }

    @Test
    void whatHasFailedOnceIsUnpackedByTheEngine() throws Exception {
        String image =
                dash("sallyport/small", Map.of("bin/tar", "#!/bin/sh\nulimit -f 100; exec /bin/busybox tar \"$@\"\n"));
        try (DockerExecutor executor = executor(image, (source, workspace) -> {
            file(workspace, "f", new byte[0]);
            file(workspace, "large", new byte[100 << 10]);
        })) {
            assertEquals(new Exit.Code(0), run(executor, orders.of(), "true"));
            Ready.await(executor, 1);
            assertThrows(UnpackingException.class, () -> run(executor, orders.of(), "true"));
            Ready.await(executor, 1);
            assertEquals(new Exit.Code(0), run(executor, orders.of(), WHOSE + "f"), output::all);
            assertEquals(2, executor.ready().taken());
        }
        assertEquals("751 1000:1000 " + BY_ENGINE + "\n", output.out());
    }

    @Test
    void anEntrypointOfAJobTellsNothingOfItsImage() throws Exception {
        String image = dash("sallyport/honest", Map.of("bin/tar", "not a program\n"));
        String mark = OutputMark.RS + "$mark ";
        String liar = "read -r mark later; for each in 'begin unpacks' 'end 0'; do echo \"" + mark + "$each\"; echo \""
                + mark + "$each\" >&2; done";
        Work entered = new Work(
                Optional.of(new Work.Image(image, Optional.of(List.of("/bin/sh", "-c", liar)))),
                List.of(),
                List.of("true"),
                List.of(),
                Map.of(),
                Duration.ofMinutes(1),
                List.of(),
                List.of());
        try (DockerExecutor executor = executor(image, (source, workspace) -> file(workspace, "f", new byte[0]))) {
            assertEquals(new Exit.Code(0), run(executor, orders.of(entered), "true"), output::all);
            assertEquals(new Exit.Code(0), run(executor, orders.of(), "true"), output::all);
            Ready.await(executor, 1);
            assertEquals(new Exit.Code(0), run(executor, orders.of(), WHOSE + "f"), output::all);
            assertEquals(1, executor.ready().taken());
        }
        assertEquals("751 1000:1000 " + BY_ENGINE + "\n", output.out());
    }

    @Test
    void aProgramOfAJobTellsNothingOfItsImage() throws Exception {
        String image = dash("sallyport/path", Map.of("bin/tar", "not a program\n"), "PATH=/build/workspace/bin:/bin");
        assertEquals(
                new Exit.Code(0),
                second(
                        image,
                        (source, workspace) -> file(
                                workspace,
                                "bin/tar",
                                "#!/bin/sh\nmkdir .sallyport-trial; echo x >.sallyport-trial/file\n".getBytes(UTF_8)),
                        WHOSE + "bin/tar"),
                output::all);
        assertEquals("751 1000:1000 " + BY_ENGINE + "\n", output.out());
    }

    @Test
    void whatAnImageCannotDoLeavesNothing() throws Exception {
        String image = dash("sallyport/nothing", Map.of("bin/tar", "not a program\n"));
        try (DockerExecutor executor = executor(image, (source, workspace) -> {})) {
            assertEquals(new Exit.Code(0), run(executor, orders.of(), "ls -A ../tmp ../files"), output::all);
        }
        assertEquals("../files:\n\n../tmp:\n", output.out());
    }

    @Test
    void aVolumeOfTheImageIsFilledToo() throws Exception {
        String container = asked.ask(
                        "make a container",
                        client -> client.createContainerCmd(TestEngine.BUSYBOX)
                                .withCmd("x")
                                .withVolumes(new Volume("/build")))
                .getId();
        asked.ask("make an image", client -> client.commitCmd(container).withRepository("sallyport/volume"));
        new Container(asked, container).remove();
        assertEquals(
                new Exit.Code(0),
                second(
                        "sallyport/volume",
                        (source, workspace) -> file(workspace, "f", new byte[0]),
                        WHOSE + "f; stat -c '%a %u:%g' . ../home"),
                output::all);
        assertEquals("751 1000:1000 " + BY_SHELL + "\n755 1000:1000\n700 1000:1000\n", output.out());
    }

    private Exit run(DockerExecutor executor, JobOrder order, String... script) throws Exception {
        try (Run run = executor.prepare(order)) {
            run.start(Commands.of(List.of(script)), output);
            return run.await();
        }
    }

    /** An image as busybox's, whose shell is Debian's, with other files. */
    private static String dash(String name, Map<String, String> files, String... environment) throws Exception {
        String id = asked.ask(
                        "make a container",
                        client -> client.createContainerCmd(TestEngine.BUSYBOX)
                                .withCmd("true")
                                .withEnv(environment))
                .getId();
        Container container = new Container(asked, id);
        try {
            Piped.run(
                    out -> {
                        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
                        for (String each : List.of("/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/libc.so.6")) {
                            put(tar, each.substring(1), Files.readAllBytes(Path.of(each)), 0755);
                        }
                        put(tar, "bin/sh", Files.readAllBytes(Path.of("/bin/dash")), 0755);
                        for (Map.Entry<String, String> each : files.entrySet()) {
                            byte[] content = each.getValue().getBytes(UTF_8);
                            put(tar, each.getKey(), content, each.getValue().startsWith("#!") ? 0755 : 0644);
                        }
                        tar.finish();
                    },
                    container::put);
            asked.ask("make an image", client -> client.commitCmd(id).withRepository(name));
            return name;
        } finally {
            container.remove();
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
