package io.sallyport.builds.executor.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.OrderedRun;
import io.sallyport.builds.executor.Orders;
import io.sallyport.builds.executor.RecordedOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile script tries, and does not get. */
@Timeout(120)
class SandboxTest {
    private final LongSleep sleep = LongSleep.unique();

    @TempDir
    Path temp;

    private final Orders orders = new Orders();
    private Path state;
    private ProcessExecutor executor;

    @BeforeAll
    static void needsBubblewrap(@TempDir Path folder) throws Exception {
        Bubblewraps.assumeUsable(folder);
    }

    @BeforeEach
    void open() throws Exception {
        state = Files.createDirectory(temp.resolve("state"));
        Files.writeString(state.resolve("canary-of-state"), "secret");
        executor = open(ProcessSettings.in(state.resolve("workspaces")));
    }

    @AfterEach
    void close() {
        executor.close();
    }

    private static ProcessExecutor open(ProcessSettings settings) throws Exception {
        return ProcessExecutor.open(
                settings, (source, folder) -> Files.writeString(folder.resolve("canary-of-workspace"), "own"));
    }

    private record Result(Exit exit, String out, String err) {}

    private Result run(String... script) throws Exception {
        return run(executor, script);
    }

    private Result run(ProcessExecutor where, String... script) throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(where, orders.of(script))) {
            run.start(output);
            return new Result(run.await(), output.out(), output.err());
        }
    }

    private ProcessSettings settings(boolean network, List<Path> readOnly, ProcessLimits limits) throws IOException {
        Path workspaces = Files.createDirectory(temp.resolve("more")).resolve("workspaces");
        return new ProcessSettings(workspaces, Sandbox.REQUIRED, network, readOnly, "bwrap", limits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo x > /usr/hostile",
                "echo x > /etc/hostile",
                "echo x > /hostile",
                "echo x > /dev/hostile",
                "echo x > /run/sallyport/hostile",
                "rm /run/sallyport/ask",
                "chmod 666 /dev/null",
                "mknod disk b 8 0",
                "ln /etc/passwd linked",
                ": >> /proc/sys/kernel/core_pattern", // opens for writing, changes nothing
                ": >> /proc/sysrq-trigger",
                ": >> /dev/tty",
                "mount -t tmpfs none /build",
                "unshare -U true",
                "unshare -m true",
                "chroot / true",
                "hostname hostile",
            })
    void isRefused(String attempt) throws Exception {
        assertNotEquals(new Exit.Code(0), run(attempt).exit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/shadow",
                "/etc/gshadow",
                "/etc/ssh",
                "/etc/sudoers",
                "/etc/ssl/private",
                "/root",
                "/sys",
                "/boot",
                "/var/run",
                "/var/lib",
                "/srv",
                "/mnt",
                "/dev/sda",
                "/dev/vda",
                "/dev/mem",
                "/dev/kmsg"
            })
    void isNotThere(String path) throws Exception {
        assertEquals(new Exit.Code(0), run("! ls " + path).exit());
    }

    @Test
    void neitherStateNorHomesNorOtherWorkspacesCanBeFound() throws Exception {
        String home = System.getProperty("user.home");
        try (OrderedRun other = OrderedRun.of(executor, orders.of("true"))) {
            other.start(new RecordedOutput());
            Result found = run(
                    "find / -xdev -name 'canary-of-*' 2>/dev/null || true",
                    "find /build /tmp /home -name 'canary-of-*'",
                    "ls -A /home",
                    "! test -e '" + home + "'",
                    "! test -e '" + state + "'");

            assertEquals(new Exit.Code(0), found.exit(), found.err());
            assertEquals("/build/canary-of-workspace\nbuild\n", found.out());
        }
    }

    @Test
    void onlyFewFilesOfEtcAreThereAndNoUsersOfTheHost() throws Exception {
        assertEquals(
                "", run("find /etc -type f ! -perm -004 2>&1").out(), "files that not everybody may read on the host");
        assertEquals(
                "root build nobody ",
                run("cut -d: -f1 /etc/passwd | tr '\\n' ' '").out());
    }

    @Test
    void itsUserIsNobodyOfTheHost() throws Exception {
        assertEquals(
                "1000 1000 build build\n",
                run("echo $(id -u) $(id -g) $(id -un) $(hostname)").out());
    }

    @Test
    void thereAreNoCapabilitiesAndNoWayToNewOnes() throws Exception {
        String status = run("grep -E '^(Cap|NoNewPrivs)' /proc/self/status").out();

        assertEquals(6, status.lines().count(), status);
        assertTrue(status.lines().allMatch(line -> line.matches("Cap.*:\t0+|NoNewPrivs:\t1")), status);
    }

    @Test
    void noProcessOfTheHostIsSeen() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "4772").start();
        try {
            String seen = run("for each in /proc/[0-9]*; do tr '\\000' ' ' < $each/cmdline | cut -d' ' -f1; done")
                    .out();

            assertEquals(
                    List.of(),
                    seen.lines()
                            .filter(line -> !line.matches("(.*/)?(bwrap|sh|tr|cut)|"))
                            .toList());
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void killingEverythingKillsOnlyItself() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "4771").start();
        try {
            Result result = run("kill -9 1; kill -9 -1; kill -9 $$", "echo never");

            assertEquals("", result.out());
            assertTrue(bystander.isAlive());
            assertEquals(new Exit.Code(0), run("true").exit());
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void thereIsNoTerminal() throws Exception {
        assertEquals(
                new Exit.Code(0),
                run("! test -t 0 && ! test -t 1 && ! test -t 2", "! (: < /dev/tty)")
                        .exit());
        assertEquals(
                "0\n", run("sed 's/.*) //' /proc/self/stat | cut -d' ' -f5").out());
    }

    @Test
    void noNetworkNotEvenTheHostsLoopback() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            String connect = "bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + "'";
            assumeTrue(run("bash -c true").exit().equals(new Exit.Code(0)), "bash connects");

            assertNotEquals(new Exit.Code(0), run(connect).exit());
            assertEquals(
                    "lo\n", run("sed -n 's/:.*//p' /proc/net/dev | tr -d ' '").out());
            assertEquals("1\n", run("wc -l < /proc/net/unix").out(), "a header and no socket");

            try (ProcessExecutor open = open(settings(true, List.of(), ProcessLimits.DEFAULT))) {
                assertFalse(open.isolation().enforced().contains("network"));
                assertEquals(new Exit.Code(0), run(open, connect).exit());
            }
        }
        assertTrue(executor.isolation().enforced().contains("network"));
    }

    @Test
    void processesAreLimited() throws Exception {
        ProcessLimits few = new ProcessLimits(32, 1 << 20, 1, 1);
        try (ProcessExecutor small = open(settings(false, List.of(), few))) {
            Result bomb = run(small, "i=0; while [ $i -lt 100 ]; do " + sleep + " & i=$((i+1)); done");

            assertNotEquals(new Exit.Code(0), bomb.exit());
            assertTrue(bomb.err().toLowerCase(java.util.Locale.ROOT).contains("fork"), bomb.err());
            assertEquals(new Exit.Code(0), run(small, "true").exit(), "each job has its own limit");
        }
        assertEquals(0, Processes.with(sleep.seconds()));
    }

    /** Stops the first process of the sandbox, tells so, and stays. */
    private static final String HOLD = "perl -e '$SIG{TERM} = \"IGNORE\"; syscall("
            + (System.getProperty("os.arch").equals("aarch64") ? 117 : 101)
            + ", 16, 1, 0, 0) == 0 or exit 1; open F, \">held\"; close F; sleep 1 while 1' &"
            + " until test -e held || ! kill -0 $! 2>&-; do sleep 0.05; done; test -e held || exit 99;"
            + " grep '^State' /proc/1/status; echo ready;";

    @Test
    void aScriptThatHoldsUpItsSandboxIsEndedAllTheSame() throws Exception {
        assumeTrue(run("perl -e 1").exit().equals(new Exit.Code(0)), "perl asks");
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(executor, orders.of(HOLD + " exit 0"))) {
            run.start(output);
            Exit exit = run.await();
            assumeFalse(exit.equals(new Exit.Code(99)), "this kernel lets it stop its first process");
            assertEquals(new Exit.Code(137), exit, output.all());
        }
        assertTrue(output.out().startsWith("State:\tt"), output.all());
        assertTrue(output.system().getLast().contains("held up its sandbox"), output.all());
    }

    @Test
    void aScriptThatHoldsUpItsSandboxCanBeStopped() throws Exception {
        assumeTrue(run("perl -e 1").exit().equals(new Exit.Code(0)), "perl asks");
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(executor, orders.of(HOLD + " " + sleep))) {
            run.start(output);
            output.waitForOut("ready");
            long begun = System.nanoTime();
            run.stop(Duration.ofMillis(300));
            assertEquals(new Exit.Stopped(), run.await());
            assertTrue(System.nanoTime() - begun < 5_000_000_000L, "it took too long");
        }
        assertEquals(0, Processes.with(sleep.seconds()));
    }

    @Test
    void keyringsAreNotThere() throws Exception {
        assumeTrue(executor.isolation().enforced().contains("keyrings"), "a filter is known for this machine");
        assumeTrue(run("perl -e 1").exit().equals(new Exit.Code(0)), "perl asks");
        // add_key, request_key and keyctl: for the session's keyring, and to join a new one
        List<String> calls = System.getProperty("os.arch").equals("aarch64")
                ? List.of("217", "218", "219")
                : List.of("248", "249", "250");
        Result result = run(
                "perl -e '$k = \"user\"; $d = \"canary\"; print syscall(" + calls.get(0)
                        + ", $k, $d, $d, 6, -3), \" \", $!+0, \"\\n\"'",
                "perl -e '$k = \"user\"; $d = \"canary\"; print syscall(" + calls.get(1)
                        + ", $k, $d, 0, 0), \" \", $!+0, \"\\n\"'",
                "perl -e 'print syscall(" + calls.get(2) + ", 0, -3, 0), \" \", $!+0, \"\\n\"'",
                "perl -e 'print syscall(" + calls.get(2) + ", 1, 0), \" \", $!+0, \"\\n\"'",
                "cat /proc/keys /proc/key-users");

        assertEquals("-1 38\n".repeat(4), result.out(), result.err());
        assertEquals("2\n", run("sed -n 's/^Seccomp:.//p' /proc/self/status").out());
    }

    @Test
    void theKernelSacrificesAJobBeforeTheGateway() throws Exception {
        assertEquals("500\n", run("cat /proc/self/oom_score_adj").out());
    }

    @Test
    void sharedMemoryIsLimited() throws Exception {
        ProcessLimits little = new ProcessLimits(100, 1 << 20, 1, 1);
        try (ProcessExecutor small = open(settings(false, List.of(), little))) {
            assertEquals(
                    new Exit.Code(0),
                    run(small, "head -c 500000 /dev/zero > /dev/shm/x").exit());
            assertNotEquals(
                    new Exit.Code(0),
                    run(small, "head -c 2000000 /dev/zero > /dev/shm/x").exit());
        }
    }

    @Test
    void filesOfVariablesAreInMemoryAndNotOfTheHost() throws Exception {
        RecordedOutput output = new RecordedOutput();
        byte[] secret = "glpat-4792".getBytes(StandardCharsets.UTF_8);
        try (OrderedRun run = OrderedRun.of(
                executor,
                orders.withFiles(
                        Map.of("TOKEN_FILE", secret),
                        "echo $TOKEN_FILE; cat $TOKEN_FILE; echo; grep ' /run/secrets ' /proc/mounts | cut -d' ' -f1,3",
                        "stat -c '%U %a' $TOKEN_FILE /run/secrets; echo ready; while :; do sleep 0.05; done"))) {
            run.start(output);
            output.waitForOut("ready");
            assertEquals(0, Processes.mentioning("glpat-4792"));
            Process grep = new ProcessBuilder("grep", "-rqs", "glpat-4792", state.toString()).start();
            assertEquals(1, grep.waitFor(), "found on disk");
            run.stop(Duration.ZERO);
            run.await();
        }
        assertEquals("/run/secrets/TOKEN_FILE\nglpat-4792\ntmpfs tmpfs\nbuild 400\nbuild 700\nready\n", output.out());
    }

    @Test
    void moreOfTheHostIsSeenWhereTheSettingsSaySo() throws Exception {
        Path tools = Files.createDirectory(temp.resolve("tools"));
        Files.setPosixFilePermissions(tools, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(tools.resolve("tool"), "it");
        try (ProcessExecutor more = open(settings(false, List.of(tools), ProcessLimits.DEFAULT))) {
            assertEquals("it", run(more, "cat " + tools + "/tool").out());
            assertNotEquals(new Exit.Code(0), run(more, "rm " + tools + "/tool").exit());
            assertNotEquals(
                    new Exit.Code(0), run(more, "echo x > " + tools + "/new").exit());
        }
    }

    @Test
    void variablesOfAJobDoNotReachTheSandboxItself() throws Exception {
        RecordedOutput output = new RecordedOutput();
        Map<String, String> hostile =
                Map.of("LD_PRELOAD", "/build/hostile.so", "LD_DEBUG", "all", "GLIBC_TUNABLES", "x");
        try (OrderedRun run = OrderedRun.of(
                executor, orders.withEnvironment(hostile, ":", "read -r LINE < canary-of-workspace || :"))) {
            run.start(output);
            assertEquals(new Exit.Code(0), run.await());
        }
        assertEquals("", output.err(), "the loader of any program would have said something");
    }

    @Test
    void variablesAndCommandsStandInNoArgumentList() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(
                executor,
                orders.withEnvironment(
                        Map.of("TOKEN", "glpat-4791"), ": also-4791; echo ready; while :; do sleep 0.05; done"))) {
            run.start(output);
            output.waitForOut("ready");
            assertEquals(0, Processes.mentioning("glpat-4791") + Processes.mentioning("also-4791"));
            run.stop(Duration.ZERO);
            run.await();
        }
    }

    @Test
    void theGatewaysEnvironmentIsNotThere() throws Exception {
        String first = run("tr '\\000' '\\n' < /proc/1/environ").out();

        assertTrue(first.lines().allMatch(line -> line.startsWith("SALLYPORT_RUN=") || line.startsWith("PWD=")), first);
    }

    @Test
    void announcementsCannotBeForged() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(
                executor,
                orders.of(
                        "for i in 1 2 3 4 5 6 7 8; do echo '$ forged' >> /run/sallyport/ask; done",
                        "echo two",
                        "echo three"))) {
            run.start(output);
            assertEquals(new Exit.Code(0), run.await());
        }
        assertEquals(
                List.of(
                        "$ for i in 1 2 3 4 5 6 7 8; do echo '$ forged' >> /run/sallyport/ask; done",
                        "$ echo two",
                        "$ echo three"),
                output.system());
        assertEquals("two\nthree\n", output.out());
    }

    @Test
    void aFloodOfQuestionsHarmsNobody() throws Exception {
        assertEquals(
                new Exit.Stopped(),
                stopped("yes > /run/sallyport/ask & yes > /run/sallyport/answer & echo ready; wait"));
    }

    @Test
    void stealingFromItsOwnOutputDoesNotHoldUpTheEnd() throws Exception {
        Result result = run("cat /proc/$$/fd/1 > /dev/null & cat /proc/$$/fd/2 >/dev/null & sleep 0.1", "exit 6");

        assertEquals(new Exit.Code(6), result.exit());
    }

    private Exit stopped(String script) throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(executor, orders.of(script, "echo more"))) {
            run.start(output);
            output.waitForOut("ready");
            run.stop(Duration.ZERO);
            return run.await();
        }
    }
}
