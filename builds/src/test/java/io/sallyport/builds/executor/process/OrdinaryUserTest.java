package io.sallyport.builds.executor.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.builds.executor.workspace.FolderRemoval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where all else is tested as root: the sandbox of a gateway that is not. */
@Timeout(120)
class OrdinaryUserTest {
    private static final String USER = "61234";

    private final LongSleep sleep = LongSleep.unique();
    private Path folder;

    @BeforeEach
    void make() throws Exception {
        assumeTrue(StepDown.ifRoot().isPresent(), "these tests run as root");
        folder = Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), "ordinary-" + UUID.randomUUID()));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void remove() throws Exception {
        if (folder != null) {
            FolderRemoval.remove(folder);
        }
    }

    private Process gateway(String... scripts) throws Exception {
        Path state = Files.createDirectory(folder.resolve("state"));
        Files.setAttribute(state, "unix:uid", Integer.valueOf(USER));
        return ChildGateway.start(
                List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"),
                ChildGateway.classesForEverybody(folder),
                state.resolve("workspaces"),
                Sandbox.REQUIRED,
                scripts);
    }

    private String run(String... scripts) throws Exception {
        Process process = gateway(scripts);
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void hasASandboxThatHoldsToo() throws Exception {
        Bubblewraps.assumeUsable(folder.resolve("trial"));
        String said = run(
                "set -e; id -u; echo x > y; echo z > /dev/stdout; ls -A | grep -v unpacked; ! ls /etc/shadow 2>/dev/null; "
                        + "! (: >> /proc/sys/kernel/core_pattern) 2>/dev/null; ! unshare -U true 2>/dev/null; "
                        + sleep + " & mkdir -m 000 closed; exit 3");

        assertTrue(said.contains("1000\nz\ny\nCode[code=3]\n"), said);
        assertEquals(0, Processes.with(sleep.seconds()));
        assertEquals(List.of(), runsLeft());
    }

    @Test
    void filesThatAJobIsGivenAreItsOwn() throws Exception {
        Bubblewraps.assumeUsable(folder.resolve("trial"));
        String said =
                run("set -e; cat $FILE unpacked/ro; ls -l $FILE | cut -c1-10; chmod 700 unpacked; rm unpacked/ro");

        assertTrue(said.contains("file of a variable\nunpacked\n-r--------\nCode[code=0]\n"), said);
        assertEquals(List.of(), runsLeft());
    }

    @Test
    void aJobHasItsOwnLimitOfProcesses() throws Exception {
        Bubblewraps.assumeUsable(folder.resolve("trial"));
        String bomb = "ulimit -p 40 2>/dev/null || ulimit -u 40; i=0; while [ $i -lt 60 ]; do " + sleep
                + " & i=$((i+1)); done";
        String said = run(bomb, "sleep 1; echo unharmed");

        assertTrue(said.toLowerCase(Locale.ROOT).contains("fork"), said);
        assertTrue(said.contains("unharmed\n"), said);
        assertFalse(said.contains("Code[code=0]\nCode[code=0]"), said);
    }

    @Test
    void aKilledGatewayLeavesNoProcess() throws Exception {
        Bubblewraps.assumeUsable(folder.resolve("trial"));
        Process gateway = gateway("trap '' TERM; setsid " + sleep + " & echo ready; " + sleep);
        try {
            ChildGateway.waitForReady(gateway, 1);
        } finally {
            gateway.destroyForcibly();
        }
        long begun = System.nanoTime();
        while (Processes.with(sleep.seconds()) > 0) {
            assertTrue(System.nanoTime() - begun < 30_000_000_000L, "still there");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private List<String> runsLeft() throws Exception {
        try (var left = Files.list(folder.resolve("state/workspaces"))) {
            return left.map(each -> each.getFileName().toString())
                    .filter(name -> name.startsWith("run-"))
                    .toList();
        }
    }
}
