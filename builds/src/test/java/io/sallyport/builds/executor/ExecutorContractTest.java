package io.sallyport.builds.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link Executor} promises, for every one alike. Jobs here need nothing but a POSIX shell and its utilities. */
@Timeout(120)
public abstract class ExecutorContractTest extends WorkspaceContractTest {
    private static final Duration GRACE = Duration.ofMillis(300);
    /** What shells put into an environment by themselves. */
    private static final Set<String> SHELLS_OWN = Set.of("PWD", "OLDPWD", "SHLVL", "_");

    @Test
    void bothStreamsAreExact() throws Exception {
        Result result = run("printf 'out\\n\\000\\377\\001'", "printf 'err\\r\\n\\033[0m' >&2", "printf end");

        assertEquals(new Exit.Code(0), result.exit());
        byte[] out = {'o', 'u', 't', '\n', 0, (byte) 0xff, 1, 'e', 'n', 'd'};
        assertArrayEquals(out, result.output().outBytes());
        assertEquals("err\r\n\033[0m", result.output().err());
    }

    @Test
    void eachCommandIsAnnouncedBetweenWhatIsPrintedBeforeAndAfter() throws Exception {
        Result result = run("echo one; echo eins >&2", "echo two >&2", "echo three\necho drei");

        assertEquals(
                List.of("$ echo one; echo eins >&2", "$ echo two >&2", "$ echo three", "> echo drei"),
                result.output().system());
        String all = result.output().all();
        for (String before : List.of("\none\n", "\neins\n")) {
            assertTrue(all.indexOf(before) > all.indexOf("[$ echo one"), all);
            assertTrue(all.indexOf(before) < all.indexOf("[$ echo two"), all);
        }
        assertTrue(all.endsWith("[$ echo two >&2]\ntwo\n[$ echo three]\n[> echo drei]\nthree\ndrei\n"), all);
    }

    @Test
    void orderHoldsForManyShortCommands() throws Exception {
        String[] script = IntStream.range(0, 200).mapToObj(i -> "echo " + i).toArray(String[]::new);
        String expected = IntStream.range(0, 200)
                .mapToObj(i -> "[$ echo " + i + "]\n" + i + "\n")
                .collect(Collectors.joining());

        assertEquals(expected, run(script).output().all());
    }

    @Test
    void theFirstCommandThatFailsEndsTheScriptWithItsCode() throws Exception {
        Result result = run("echo one", "(exit 7)", "echo never");

        assertEquals(new Exit.Code(7), result.exit());
        assertEquals("one\n", result.output().out());
        assertEquals(List.of("$ echo one", "$ (exit 7)"), result.output().system());
    }

    @Test
    void aLineThatFailsEndsACommandOfSeveralLines() throws Exception {
        Result result = run("echo a\nfalse\necho never");

        assertEquals(new Exit.Code(1), result.exit());
        assertEquals("a\n", result.output().out());
    }

    @Test
    void aConditionMayFail() throws Exception {
        assertEquals(
                "no\nend\n",
                run("if false; then echo yes; else echo no; fi", "false || echo end")
                        .output()
                        .out());
    }

    @Test
    void exitEndsTheScript() throws Exception {
        assertEquals(new Exit.Code(0), run("exit 0", "exit 9").exit());
        assertEquals(new Exit.Code(9), run("exit 9").exit());
    }

    @Test
    void aCommandThatIsNotThereIs127() throws Exception {
        Result result = run("sallyport-no-such-command");

        assertEquals(new Exit.Code(127), result.exit());
        assertTrue(
                result.output().err().contains("sallyport-no-such-command"),
                result.output().err());
    }

    @Test
    void aFaultyCommandFailsWhenItsTurnComes() throws Exception {
        Result result = run("echo first", "if then", "echo never");

        assertNotEquals(new Exit.Code(0), result.exit());
        assertEquals("first\n", result.output().out());
    }

    @Test
    void aSignalIsCodeOf128AndItsNumber() throws Exception {
        assertEquals(new Exit.Code(137), run("sh -c 'kill -9 $$'").exit());
        assertEquals(new Exit.Code(137), run("kill -9 $$").exit());
    }

    @Test
    void commandsShareOneShell() throws Exception {
        Result result = run(
                "cd sub; X='a  b'; f() { echo \"f $1\"; }; set -f; umask 027",
                "pwd | sed 's|.*/||'; echo \"$X\"; f 1; echo *; umask",
                "set +e",
                "false",
                "echo still here");

        assertEquals(new Exit.Code(0), result.exit());
        assertEquals("sub\na  b\nf 1\n*\n0027\nstill here\n", result.output().out());
    }

    @Test
    void theScriptsOwnTrapRunsAtItsEnd() throws Exception {
        Result result = run("trap 'echo bye' EXIT", "echo hi", "exit 3");

        assertEquals(new Exit.Code(3), result.exit());
        assertEquals("hi\nbye\n", result.output().out());
    }

    @Test
    void shellOptionsShowNothingOfTheGateway() throws Exception {
        Result result = run("set -x", "echo hi", "set -u -C", "echo ho");

        assertEquals(new Exit.Code(0), result.exit());
        assertEquals(
                "+ echo hi\n+ set -u -C\n+ echo ho\n", result.output().err().replaceAll("(?m)^\\+\\+? eval.*\n", ""));
        assertEquals("hi\nho\n", result.output().out());
    }

    @Test
    void standardInputIsEmptyAndDescriptorsAreTheScripts() throws Exception {
        Result result = run("cat", "exec 3>three 4>four 9>nine; echo x >&3; echo y >&9", "echo z >&9; cat three nine");

        assertEquals(new Exit.Code(0), result.exit());
        assertEquals("x\ny\nz\n", result.output().out());
    }

    @Test
    void quotesAndAnyCharacterReachTheShell() throws Exception {
        String odd = IntStream.rangeClosed(1, 0x2ff)
                .filter(c -> c != '\'' && c != '\r')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        Result result = run(
                "printf %s '" + odd + "'",
                "cat <<'END'\n'it''s' \\ $HOME `date` \"q\"\nEND\n",
                "printf '%s\\n' \"it's\" $((1 + 1)) \"$(echo 'sub')\" # a comment",
                "");

        assertEquals(new Exit.Code(0), result.exit());
        assertEquals(
                odd + "'it''s' \\ $HOME `date` \"q\"\nit's\n2\nsub\n",
                result.output().out());
    }

    @Test
    void theEnvironmentIsWhatTheOrderSays() throws Exception {
        Map<String, String> ordered = Map.of(
                "PLAIN", "value",
                "ODD", " a'b\"c\\d\n\t$HOME `x` é\u0001 ",
                "EMPTY", "",
                "LONG", "x".repeat(60_000),
                "UID", "77",
                "LD_PRELOAD", "",
                "IFS", ":");
        Result result = run(orders.withEnvironment(ordered, "env -0 || exit 9"));

        Map<String, String> seen = new TreeMap<>();
        for (String entry : result.output().out().split("\0")) {
            String[] both = entry.split("=", 2);
            seen.put(both[0], both[1]);
        }
        Map<String, String> own = new TreeMap<>(seen);
        own.keySet().removeAll(ordered.keySet());
        own.keySet().removeAll(SHELLS_OWN);
        own.keySet().removeAll(variablesOfItsOwn());
        assertEquals(
                Set.of("PATH", "HOME", "TMPDIR", "CI_PROJECT_DIR", "SALLYPORT_WORKSPACE", "SALLYPORT_RUN"),
                own.keySet());
        seen.keySet().retainAll(ordered.keySet());
        assertEquals(new TreeMap<>(ordered), seen);
    }

    @Test
    void defaultsGiveWayToTheOrderButNotTheWorkspace() throws Exception {
        Result result = run(orders.withEnvironment(
                Map.of("HOME", "/else", "TMPDIR", "/there", "CI_PROJECT_DIR", "/nowhere"),
                "echo $HOME $TMPDIR",
                "test \"$CI_PROJECT_DIR\" = \"$PWD\" && test \"$SALLYPORT_WORKSPACE\" = \"$PWD\""));

        assertEquals(new Exit.Code(0), result.exit());
        assertEquals("/else /there\n", result.output().out());
    }

    @Test
    void aVariableThatNoShellCanHaveIsLeftOutAndSaid() throws Exception {
        Result result = run(orders.withEnvironment(Map.of("a.b", "1", "GOOD", "2"), "echo $GOOD"));

        assertEquals("2\n", result.output().out());
        assertTrue(
                result.output().system().getFirst().endsWith("a.b"),
                result.output().all());
    }

    @Test
    void homeAndTmpArePrivateAndWritable() throws Exception {
        Result first = run("echo x > $HOME/x; echo x > $TMPDIR/x; ls $HOME $TMPDIR");
        Result second = run("ls -A $HOME $TMPDIR | grep x || true");

        assertEquals(new Exit.Code(0), first.exit());
        assertEquals("", second.output().out());
    }

    @Test
    void theSourceIsInTheWorkingDirectory() throws Exception {
        assertEquals("hello\ndeep\n", run("cat hello.txt sub/deep.txt").output().out());
    }

    @Test
    void bigOutputArrivesWhole() throws Exception {
        long size = 256L << 20;
        Counted counted = new Counted();
        try (OrderedRun run =
                OrderedRun.of(executor, orders.of("head -c " + size + " /dev/zero | tr '\\000' x", "printf y"))) {
            run.start(counted);
            assertEquals(new Exit.Code(0), run.await());
        }
        assertEquals(size + 1, counted.bytes.get());
        assertEquals('y', counted.last);
    }

    /** Counts standard output. */
    private static final class Counted implements JobOutput {
        final AtomicLong bytes = new AtomicLong();
        volatile byte last;

        @Override
        public void out(ByteBuffer buffer) {
            bytes.addAndGet(buffer.remaining());
            last = buffer.get(buffer.limit() - 1);
            buffer.position(buffer.limit());
        }

        @Override
        public void err(ByteBuffer buffer) {
            throw new AssertionError("err: " + UTF_8.decode(buffer));
        }

        @Override
        public void system(String line) {}
    }

    @Test
    void anOutputThatFailsEndsTheJobAsLost() throws Exception {
        JobOutput full = new JobOutput() {
            @Override
            public void out(ByteBuffer bytes) throws IOException {
                throw new IOException("disk full");
            }

            @Override
            public void err(ByteBuffer bytes) {}

            @Override
            public void system(String line) {}
        };
        try (OrderedRun run = OrderedRun.of(executor, orders.of("echo x; " + sleep))) {
            run.start(full);
            Exit.Lost lost = assertInstanceOf(Exit.Lost.class, run.await());
            assertTrue(lost.reason().contains("disk full"), lost.reason());
        }
        assertEquals(0, processesWith(sleep.seconds()));
    }

    @Test
    void stopLeavesNoProcessNotEvenADoubleForkedOneThatIgnoresIt() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(
                executor,
                orders.of(
                        "(trap '' TERM HUP INT; (trap '' TERM; " + sleep + ") & " + sleep
                                + ") & (setsid sh -c 'trap \"\" TERM; " + sleep + "' &)",
                        "echo ready; trap '' TERM; " + sleep + "; " + sleep))) {
            run.start(output);
            output.waitForOut("ready");
            run.stop(GRACE);
            run.stop(GRACE);
            assertEquals(new Exit.Stopped(), run.await());
            assertEquals(0, processesWith(sleep.seconds()));
            run.stop(GRACE);
        }
    }

    @Test
    void stopAsksPolitelyFirst() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(
                executor,
                orders.of(
                        "trap 'echo cleaned up' EXIT",
                        "sh -c 'trap \"echo child ends; exit\" TERM; echo ready; while :; do sleep 0.05; done'"))) {
            run.start(output);
            output.waitForOut("ready");
            run.stop(Duration.ofSeconds(60));
            assertEquals(new Exit.Stopped(), run.await());
        }
        assertEquals("ready\nchild ends\ncleaned up\n", output.out());
    }

    @Test
    void stopBeforeStartMakesTheStartEndAtOnce() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(executor, orders.of("echo never"))) {
            run.stop(GRACE);
            run.start(output);
            assertEquals(new Exit.Stopped(), run.await());
        }
        assertEquals("", output.all());
    }

    @Test
    void stopAtAnyMomentStops() throws Exception {
        for (int i = 0; i < 15; i++) {
            try (OrderedRun run = OrderedRun.of(executor, orders.of(sleep.toString(), sleep.toString()))) {
                long micros = 500L * i;
                Thread stopper = Thread.startVirtualThread(() -> {
                    java.util.concurrent.locks.LockSupport.parkNanos(micros * 1000);
                    run.stop(Duration.ZERO);
                });
                run.start(new RecordedOutput());
                assertEquals(new Exit.Stopped(), run.await());
                stopper.join();
            }
            assertEquals(0, processesWith(sleep.seconds()));
        }
    }

    @Test
    void stopAfterTheEndChangesNothing() throws Exception {
        try (OrderedRun run = OrderedRun.of(executor, orders.of("exit 4"))) {
            run.start(new RecordedOutput());
            assertEquals(new Exit.Code(4), run.await());
            run.stop(GRACE);
            assertEquals(new Exit.Code(4), run.await());
        }
    }

    @Test
    void aDaemonLeftBehindDoesNotOutliveTheScriptNorHoldUpItsEnd() throws Exception {
        Result result = run("(trap '' TERM HUP; " + sleep + ") & setsid " + sleep + " & echo done");

        assertEquals(new Exit.Code(0), result.exit());
        assertEquals("done\n", result.output().out());
        assertEquals(0, processesWith(sleep.seconds()));
    }

    @Test
    void awaitCanBeInterruptedAndAskedAgain() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run =
                OrderedRun.of(executor, orders.of("echo ready; while ! test -e go; do sleep 0.05; done; exit 5"))) {
            run.start(output);
            output.waitForOut("ready");
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, run::await);
            run.stop(GRACE);
            assertEquals(new Exit.Stopped(), run.await());
        }
    }

    @Test
    void artifactsAreTheFilesThatRulesName() throws Exception {
        Result result = run(orders.withArtifacts(
                List.of("./dist/", "*.txt", "out/**/keep?.bin", "missing/*"),
                "mkdir -p dist/a/b out/x/y out/keep",
                "echo 1 > dist/one; echo 2 > dist/a/b/two; chmod +x dist/one",
                "echo 3 > out/keep1.bin; echo 4 > out/x/y/keep2.bin; echo 5 > out/x/keep22.bin; echo 6 > other.bin"));

        assertEquals(
                Map.of(
                        "dist/one", "1\n",
                        "dist/a/b/two", "2\n",
                        "hello.txt", "hello\n",
                        "out/keep1.bin", "3\n",
                        "out/x/y/keep2.bin", "4\n"),
                result.artifacts());
        assertEquals(Set.of("dist/one"), result.executables());
        assertTrue(
                result.output().system().getLast().endsWith("missing/*"),
                result.output().all());
    }

    @Test
    void artifactsOfAFailedScriptAreThereToo() throws Exception {
        Result result = run(orders.withArtifacts(List.of("report"), "echo x > report; exit 1"));

        assertEquals(Map.of("report", "x\n"), result.artifacts());
    }

    @Test
    void linksAndSpecialFilesAreNoArtifacts() throws Exception {
        Result result = run(orders.withArtifacts(
                List.of("**"),
                "rm -r sub hello.txt; echo x > file",
                "ln -s /etc/passwd link; ln -s / root; ln -s file inner; mkfifo pipe; mkdir d; ln -s ../file d/up"));

        assertEquals(Map.of("file", "x\n"), result.artifacts());
        assertTrue(
                result.output().all().contains("link is a link"),
                result.output().all());
    }

    @Test
    void aSinkThatFailsEndsTheCollection() throws Exception {
        try (OrderedRun run = OrderedRun.of(executor, orders.withArtifacts(List.of("*.txt"), "true"))) {
            run.start(new RecordedOutput());
            run.await();
            IOException full = assertThrows(
                    IOException.class,
                    () -> run.collect((path, executable, bytes) -> {
                        throw new IOException("quota");
                    }));
            assertEquals("quota", full.getMessage());
        }
    }

    @Test
    void closeRemovesWhateverTheJobMade() throws Exception {
        try (OrderedRun run = OrderedRun.of(
                executor,
                orders.of(
                        "mkdir -p a/b; echo x > a/b/c; chmod 000 a/b/c a/b; chmod 555 a",
                        "D=$(printf 'd/%.0s' $(seq 1500)); mkdir -p one/$D two/$D; mv one two/$D",
                        "ln -s / $HOME/link; mkdir -m 000 $TMPDIR/closed"))) {
            run.start(new RecordedOutput());
            assertEquals(new Exit.Code(0), run.await());
            assertFalse(remains().isEmpty());
        }
        assertEquals(List.of(), remains());
    }

    @Test
    void closeEndsWhatStillRuns() throws Exception {
        RecordedOutput output = new RecordedOutput();
        OrderedRun run = OrderedRun.of(executor, orders.of("trap '' TERM; echo ready; " + sleep));
        run.start(output);
        output.waitForOut("ready");
        run.close();
        run.close();

        assertEquals(0, processesWith(sleep.seconds()));
        assertEquals(List.of(), remains());
    }

    @Test
    void closeDoesNotWaitForAGraceUnderWay() throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (OrderedRun run = OrderedRun.of(executor, orders.of("trap '' TERM; echo ready; " + sleep + "; " + sleep))) {
            run.start(output);
            output.waitForOut("ready");
            run.stop(Duration.ofDays(1));
        }
        assertEquals(0, processesWith(sleep.seconds()));
    }

    @Test
    void theExecutorsCloseEndsAllRuns() throws Exception {
        RecordedOutput output = new RecordedOutput();
        OrderedRun run = OrderedRun.of(executor, orders.of("trap '' TERM; echo ready; " + sleep));
        run.start(output);
        output.waitForOut("ready");
        executor.close();
        executor.close();

        assertEquals(0, processesWith(sleep.seconds()));
        assertEquals(new Exit.Stopped(), run.await());
    }

    @Test
    void aSourceThatCannotBeUnpackedLeavesNothing() throws Exception {
        try (Executor failing = open((source, folder) -> {
            fill(folder);
            throw new IOException("damaged");
        })) {
            IOException damaged = assertThrows(IOException.class, () -> failing.prepare(orders.of("true")));
            assertEquals("damaged", damaged.getMessage());
        }
        try (Executor interrupted = open((source, folder) -> {
            fill(folder);
            throw new InterruptedException();
        })) {
            assertThrows(InterruptedException.class, () -> interrupted.prepare(orders.of("true")));
        }
        assertEquals(List.of(), remains());
    }

    @Test
    void aNulCharacterIsRefused() throws Exception {
        try (Run run = executor.prepare(orders.of())) {
            RecordedOutput output = new RecordedOutput();
            assertThrows(IOException.class, () -> run.start(Commands.of(List.of("echo \0")), output));
            Commands odd = new Commands(List.of("true"), Map.of("A", "\0"));
            assertThrows(IOException.class, () -> run.start(odd, output));
        }
        assertThrows(IOException.class, () -> executor.prepare(orders.withEnvironment(Map.of("A", "\0"), "true")));
    }

    @Test
    void aScriptWithoutCommandsSucceeds() throws Exception {
        assertEquals(new Exit.Code(0), run().exit());
    }

    @Test
    void aRunThatIsNeverStartedLeavesNothing() throws Exception {
        executor.prepare(orders.of("true")).close();

        assertEquals(List.of(), remains());
    }

    @Test
    void runsDoNotDisturbEachOther() throws Exception {
        int count = 12;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result>> results = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> run(orders.withArtifacts(
                            List.of("me"),
                            "echo " + i + " > me",
                            "head -c 300000 /dev/zero | tr '\\000' " + (char) ('a' + i),
                            "cat me; exit " + i))))
                    .toList();
            for (int i = 0; i < count; i++) {
                Result result = results.get(i).get();
                assertEquals(new Exit.Code(i), result.exit());
                char[] fill = new char[300_000];
                Arrays.fill(fill, (char) ('a' + i));
                assertEquals(new String(fill) + i + "\n", result.output().out());
                assertEquals(Map.of("me", i + "\n"), result.artifacts());
            }
        }
    }

    @Test
    void nothingIsRecoveredThatDoesNotRun() throws Exception {
        assertTrue(executor.recover(orders.of("true"), Commands.of(List.of("true")), new RecordedOutput())
                .isEmpty());
    }
}
