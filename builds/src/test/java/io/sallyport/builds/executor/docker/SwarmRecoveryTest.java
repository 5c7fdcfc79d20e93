package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.Orders;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a Swarm puts jobs, and what becomes of them when a gateway, a node or a container goes away. */
@Timeout(180)
class SwarmRecoveryTest {
    private static final String GATEWAY = "recovery";

    @TempDir
    static Path folder;

    private static TestSwarm swarm;

    private final Orders orders = new Orders();
    private final RecordedOutput before = new RecordedOutput();
    private final RecordedOutput after = new RecordedOutput();

    @BeforeAll
    static void startSwarm() throws Exception {
        swarm = TestSwarm.start(folder);
        swarm.label(2, "io.sallyport.tag.fast", "true");
    }

    @AfterAll
    static void stopSwarm() throws Exception {
        if (swarm != null) {
            swarm.close();
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertEquals(List.of(), swarm.remainsInTheEnd(GATEWAY));
    }

    /** One that is not closed is one whose gateway was killed: nothing of it is on the Swarm's side. */
    private static SwarmExecutor executor() throws IOException {
        return swarm.executor(
                GATEWAY, (source, workspace) -> Files.writeString(workspace.resolve("file"), "in the source\n"));
    }

    private static SwarmExecutor impatient(String... constraints) throws IOException {
        return SwarmExecutor.open(
                swarm.settings(GATEWAY, Duration.ofSeconds(1), constraints), (source, workspace) -> {});
    }

    private Run started(SwarmExecutor executor, JobOrder order, String... commands) throws Exception {
        Run run = executor.prepare(order);
        run.start(Commands.of(List.of(commands)), before);
        return run;
    }

    private JobOrder tagged(String tag) {
        return orders.of(new Work(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Duration.ofMinutes(1),
                List.of(tag),
                List.of()));
    }

    @Test
    void aJobRunsWhereItsTagsAre() throws Exception {
        try (SwarmExecutor executor = executor();
                Run run = started(executor, tagged("fast"), "echo here")) {
            assertEquals(new Exit.Code(0), run.await());
            assertEquals(Optional.of("n2"), run.node());
        }
    }

    @Test
    void aJobWithoutANodeIsRefusedInTheSwarmsOwnWords() throws Exception {
        try (SwarmExecutor executor = impatient();
                Run run = executor.prepare(tagged("missing"))) {
            IOException none =
                    assertThrows(IOException.class, () -> run.start(Commands.of(List.of("echo never")), before));
            assertEquals(
                    "the Swarm has found no node with the tag missing for the job within 1 s: no suitable node (scheduling"
                            + " constraints not satisfied on 3 nodes)",
                    none.getMessage());
        }
        try (SwarmExecutor executor = impatient("node.labels.none==here");
                Run run = executor.prepare(orders.of())) {
            assertThrows(IOException.class, () -> run.start(Commands.of(List.of("echo never")), before));
        }
        assertEquals("", before.all());
    }

    @Test
    void aJobThatWaitsForANodeSaysForWhich() throws Exception {
        JobOrder order = orders.of(new Work(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Duration.ofMinutes(1),
                List.of("fast", "missing"),
                List.of()));
        try (SwarmExecutor executor = executor();
                Run run = executor.prepare(order)) {
            Thread start = Thread.ofVirtual().start(() -> startedOrStopped(run));
            Ready.until("the wait is told", () -> !before.system().isEmpty());
            run.stop(Duration.ZERO);
            start.join();
        }
        assertEquals(
                List.of("NOTICE: the job waits for a node with the tags fast, missing: no suitable node (scheduling"
                        + " constraints not satisfied on 3 nodes)"),
                before.system());
    }

    private void startedOrStopped(Run run) {
        try {
            run.start(Commands.of(List.of("echo never")), before);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTagThatNoNodeCanHaveIsRefused() throws Exception {
        try (SwarmExecutor executor = executor()) {
            IOException odd = assertThrows(IOException.class, () -> executor.prepare(tagged("two words")));
            assertTrue(odd.getMessage().contains("two words"), odd::getMessage);
        }
    }

    @Test
    void theWaitForANodeEndsWithAStop() throws Exception {
        try (SwarmExecutor executor = executor();
                Run run = executor.prepare(tagged("missing"))) {
            Thread.ofVirtual().start(() -> run.stop(Duration.ZERO));
            run.start(Commands.of(List.of("echo never")), before);
            assertEquals(new Exit.Stopped(), run.await());
        }
        assertEquals("", before.all());
    }

    @Test
    void servicesAreReachedFromAnotherNodeAndNothingElseIs() throws Exception {
        Work.Service web = new Work.Service(
                new Work.Image(TestEngine.BUSYBOX, Optional.empty()),
                List.of("web"),
                Optional.of(List.of("httpd", "-f", "-p", "8080", "-h", "/etc")),
                Map.of());
        Work.Service gone = new Work.Service(
                new Work.Image(TestEngine.BUSYBOX, Optional.empty()),
                List.of("gone"),
                Optional.of(List.of("/bin/sh", "-c", "echo last words; exit 3")),
                Map.of());
        JobOrder order = orders.of(new Work(
                Optional.empty(),
                List.of(web, gone),
                List.of(),
                List.of(),
                Map.of(),
                Duration.ofMinutes(1),
                List.of("fast"),
                List.of()));
        String fetch = "for try in $(seq 100); do wget -q -O - http://web:8080/passwd && break; sleep 0.1; done";
        try (SwarmExecutor executor = executor();
                Run run = started(
                        executor,
                        order,
                        fetch,
                        "ls /sys/class/net",
                        "wget -q -T 2 -O - http://192.0.2.1:2377/ || echo no")) {
            assertEquals(new Exit.Code(0), run.await());
        }
        assertTrue(before.out().startsWith("root:x:0:0:root:/root:/bin/sh\n"), before::all);
        assertTrue(before.out().endsWith("no\n"), before::all);
        assertTrue(before.all().contains("has ended with 3: last words"), before::all);
    }

    @Test
    void aJobHasNoRightsAndItsBounds() throws Exception {
        try (SwarmExecutor executor = executor();
                Run run = started(
                        executor,
                        orders.of(),
                        "id -u; grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status | tr -d '\\t'",
                        "cat /sys/fs/cgroup/pids/pids.max 2>/dev/null || cat /sys/fs/cgroup/pids.max",
                        "mount -t tmpfs none /mnt 2>/dev/null || echo no mount")) {
            assertEquals(new Exit.Code(0), run.await());
        }
        for (String line : List.of(
                "1000",
                "CapBnd:0000000000000000",
                "CapEff:0000000000000000",
                "NoNewPrivs:1",
                "Seccomp:2",
                "4096",
                "no mount")) {
            assertTrue(("\n" + before.out()).contains("\n" + line + "\n"), line + " in " + before.out());
        }
    }

    @Test
    void aJobThatUsesUpItsMemoryIsToldSo() throws Exception {
        try (SwarmExecutor executor = executor();
                Run run = started(executor, orders.of(), "x=$(yes | head -c 100000000); echo $?", "true")) {
            run.await();
        }
        assertEquals(
                List.of(
                        "NOTICE: the job has reached its limit of memory (docker.memory: 64MiB), and the kernel has ended something of it"),
                before.system().stream()
                        .filter(line -> line.startsWith("NOTICE"))
                        .toList());
    }

    @Test
    void anEntrypointIsHeardBeforeItMakesWayAndOneThatDoesNotIsRefused() throws Exception {
        try (SwarmExecutor executor = executor();
                Run run =
                        started(executor, entered("/bin/sh", "-c", "echo entered; exec \"$@\"", "entry"), "echo run")) {
            assertEquals(new Exit.Code(0), run.await());
        }
        assertEquals("entered\nrun\n", before.out());
        try (SwarmExecutor executor = executor();
                Run run = executor.prepare(entered("/bin/echo", "usage"))) {
            IOException closed = assertThrows(IOException.class, () -> run.start(Commands.of(List.of()), after));
            assertTrue(
                    closed.getMessage()
                            .startsWith(
                                    "the job's shell does not start, the entrypoint that the job names has ended with 0 and"
                                            + " has not run the command that it was given, as exec \"$@\" does: usage "),
                    closed::getMessage);
        }
    }

    private JobOrder entered(String... entrypoint) {
        return orders.of(new Work(
                Optional.of(new Work.Image(TestEngine.BUSYBOX, Optional.of(List.of(entrypoint)))),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Duration.ofMinutes(1),
                List.of(),
                List.of()));
    }

    @Test
    void anImageThatCannotBeUsedIsSaid() throws Exception {
        try (SwarmExecutor executor = executor();
                Run run = executor.prepare(image(TestEngine.NO_SHELL))) {
            IOException none = assertThrows(IOException.class, () -> run.start(Commands.of(List.of()), after));
            assertTrue(
                    none.getMessage().startsWith("the image has no /bin/sh that can be run: exec: "), none::getMessage);
            IOException missing = assertThrows(IOException.class, () -> executor.prepare(image("missing/image")));
            assertTrue(missing.getMessage().contains("no image missing/image"), missing::getMessage);
        }
    }

    private JobOrder image(String name) {
        return orders.of(new Work(
                Optional.of(new Work.Image(name, Optional.empty())),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Duration.ofMinutes(1),
                List.of(),
                List.of()));
    }

    @Test
    void whatRunsIsFoundAgainWithAllThatItHasPrinted() throws Exception {
        String[] script = {
            "echo one; echo eins >&2", "echo two; while ! test -e go; do sleep 0.1; done", "printf 3; exit 4"
        };
        JobOrder order = orders.of(script);
        started(executor(), order, script);
        before.waitForOut("two\n");
        try (SwarmExecutor next = executor()) {
            next.removeLeft(Set.of(order.runName()));
            Run run = next.recover(order, Commands.of(List.of(script)), after).orElseThrow();
            after.waitForOut("two\n");
            in(order, "touch /build/workspace/go");
            assertEquals(new Exit.Code(4), run.await());
            run.start(Commands.of(List.of("cat file")), after);
            assertEquals(new Exit.Code(0), run.await());
            run.close();
        }
        assertEquals("one\ntwo\n3in the source\n", after.out());
        assertEquals("eins\n", after.err());
        assertEquals(List.of("$ " + script[0], "$ " + script[1], "$ " + script[2], "$ cat file"), after.system());
    }

    @Test
    void whatHasEndedMeanwhileIsFoundTooAndWhatCameAfterItRunsAgain() throws Exception {
        JobOrder order = orders.of("echo done; exit 3");
        Run run = started(executor(), order, "echo done; exit 3");
        assertEquals(new Exit.Code(3), run.await());
        run.start(Commands.of(List.of("echo later; sleep 4781")), before);
        before.waitForOut("later\n");
        try (SwarmExecutor next = executor()) {
            next.removeLeft(Set.of(order.runName()));
            try (Run found = next.recover(order, Commands.of(List.of("echo done; exit 3")), after)
                    .orElseThrow()) {
                assertEquals(new Exit.Code(3), found.await());
                found.start(Commands.of(List.of("echo again")), after);
                assertEquals(new Exit.Code(0), found.await());
            }
        }
        assertEquals("done\nagain\n", after.out());
    }

    @Test
    void whatNobodyWantsIsRemovedAtTheStart() throws Exception {
        started(executor(), orders.of(), "sleep 4782");
        executor().prepare(orders.of());
        try (SwarmExecutor next = executor()) {
            next.removeLeft(Set.of());
        }
    }

    @Test
    void whatWasNeverStartedIsNotFound() throws Exception {
        JobOrder order = orders.of();
        executor().prepare(order);
        try (SwarmExecutor next = executor()) {
            next.removeLeft(Set.of(order.runName()));
            assertTrue(next.recover(order, Commands.of(List.of()), after).isEmpty());
        }
    }

    @Test
    void aContainerThatIsKilledOrAServiceThatIsRemovedIsLostAndNotAnEndOfTheScript() throws Exception {
        for (boolean kill : List.of(true, false)) {
            JobOrder order = orders.of();
            RecordedOutput output = new RecordedOutput();
            try (SwarmExecutor executor = executor();
                    Run run = executor.prepare(order)) {
                run.start(Commands.of(List.of("echo ready; sleep 4783")), output);
                output.waitForOut("ready");
                if (kill) {
                    container(order).kill();
                } else {
                    swarm.swarm().removeService(service(order));
                }
                Exit.Lost lost = assertInstanceOf(Exit.Lost.class, run.await());
                assertEquals(
                        "the container was ended from outside"
                                + (kill ? ", with 137" : ": somebody has removed the job's service"),
                        lost.reason());
            }
        }
    }

    @Test
    void aNodeThatIsDrainedLosesItsJobsAndTheirLogSaysSo() throws Exception {
        try (SwarmExecutor executor = executor();
                Run run = started(executor, tagged("fast"), "echo ready; sleep 4787")) {
            before.waitForOut("ready");
            swarm.docker(1, "node", "update", "--availability", "drain", "n2");
            Exit.Lost lost = assertInstanceOf(Exit.Lost.class, run.await());
            assertEquals("the container was ended from outside: its node n2 was drained", lost.reason());
        } finally {
            swarm.docker(1, "node", "update", "--availability", "active", "n2");
        }
    }

    @Test
    void aNodeThatIsCutOffLosesItsJobs() throws Exception {
        try (SwarmExecutor executor = executor()) {
            try (Run run = started(executor, tagged("fast"), "echo ready; sleep 4784")) {
                before.waitForOut("ready");
                swarm.engine().cut(2);
                Exit.Lost lost = assertInstanceOf(Exit.Lost.class, run.await());
                assertTrue(lost.reason().startsWith("the node n2 is down"), lost::reason);
            } finally {
                swarm.engine().mend(2);
            }
            try (Run run = executor.prepare(tagged("fast"))) { // once it is back
                run.start(Commands.of(List.of("echo again")), after);
                assertEquals(new Exit.Code(0), run.await());
            }
        }
    }

    @Test
    void aManagerThatIsKilledIsWaitedForAndANodesEngineThatIsLosesItsJob() throws Exception {
        try (SwarmExecutor executor = executor()) {
            try (Run run = started(executor, tagged("fast"), "echo ready; while ! test -e go; do sleep 0.1; done")) {
                before.waitForOut("ready");
                swarm.engine().kill(1);
                IOException gone = assertThrows(IOException.class, () -> executor.prepare(orders.of()));
                assertTrue(gone.getMessage().startsWith("cannot "), gone::getMessage);
                swarm.engine().startAgain(1);
                in(2, "touch /build/workspace/go");
                assertEquals(new Exit.Code(0), run.await());
            }
            try (Run run = executor.prepare(tagged("fast"))) {
                run.start(Commands.of(List.of("echo ready; sleep 4785")), after);
                after.waitForOut("ready");
                swarm.engine().kill(2);
                swarm.engine().startAgain(2);
                Exit.Lost lost = assertInstanceOf(Exit.Lost.class, run.await());
                assertTrue(
                        lost.reason().matches(".*(its engine was down|the node n2 is down|its engine may have).*"),
                        lost::reason);
            }
        }
    }

    private static String service(JobOrder order) throws Exception {
        return swarm.swarm().services(GATEWAY).stream()
                .filter(each -> order.runName().equals(each.labels().get(Labels.RUN)))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Container container(JobOrder order) throws Exception {
        SwarmTask task = swarm.swarm().task(service(order)).orElseThrow();
        String node = swarm.swarm().node(task.node()).hostname();
        return new Container(swarm.node(Integer.parseInt(node.substring(1))), task.container());
    }

    private static void in(JobOrder order, String command) throws Exception {
        SwarmTask task = swarm.swarm().task(service(order)).orElseThrow();
        String node = swarm.swarm().node(task.node()).hostname();
        exec(Integer.parseInt(node.substring(1)), task.container(), command);
    }

    /** In the one container of a node. */
    private static void in(int node, String command) throws Exception {
        exec(
                node,
                new Leftovers(swarm.node(node), GATEWAY).containers().getFirst().getId(),
                command);
    }

    private static void exec(int node, String container, String command) throws Exception {
        swarm.docker(node, "exec", container, "/bin/sh", "-c", command);
    }
}
