package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An executor whose gateway, or whose engine, goes away and comes back. */
@Timeout(180)
class DockerRecoveryTest {
    static final String GATEWAY = "recovery";

    @TempDir
    static Path folder;

    static TestEngine engine;

    final Orders orders = new Orders();
    private final RecordedOutput before = new RecordedOutput();
    private final RecordedOutput after = new RecordedOutput();

    @BeforeAll
    static void startEngine() throws Exception {
        engine = TestEngine.start(folder.resolve("engine"));
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        try (DockerEngine asked = DockerEngine.connect(engine.address(), DockerLimits.DEFAULT)) {
            assertEquals(List.of(), Remains.of(asked, GATEWAY));
        }
    }

    /** One that is not closed is one whose gateway was killed: nothing of it is on the engine's side. */
    private DockerExecutor executor() throws IOException {
        return DockerExecutor.open(
                settings(), (source, workspace) -> Files.writeString(workspace.resolve("file"), "in the source\n"));
    }

    DockerSettings settings() {
        return DockerSettings.on(engine.address(), GATEWAY, folder.resolve("staging"))
                .with(new ImageSettings(
                        Optional.of(TestEngine.BUSYBOX), List.of(), PullPolicy.NEVER, Optional.empty()));
    }

    /** Prepares a job. */
    Run prepared(DockerExecutor executor, JobOrder order) throws Exception {
        return executor.prepare(order);
    }

    private Run started(DockerExecutor executor, JobOrder order, String... commands) throws Exception {
        Run run = prepared(executor, order);
        run.start(Commands.of(List.of(commands)), before);
        return run;
    }

    @Test
    void whatRunsIsFoundAgainWithAllThatItHasPrinted() throws Exception {
        String[] script = {
            "echo one; echo eins >&2", "echo two; while ! test -e go; do sleep 0.1; done", "printf 3; exit 4"
        };
        JobOrder order = orders.of(script);
        DockerExecutor killed = executor();
        started(killed, order, script);
        before.waitForOut("two\n");
        try (DockerExecutor next = executor()) {
            next.removeLeft(Set.of(order.runName()));
            Run run = next.recover(order, Commands.of(List.of(script)), after).orElseThrow();
            after.waitForOut("two\n");
            exec(order, "touch /build/workspace/go");
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
    void whatHasEndedMeanwhileIsFoundToo() throws Exception {
        JobOrder order = orders.of("echo done; exit 3");
        Run run = started(executor(), order, "echo done; exit 3");
        assertEquals(new Exit.Code(3), run.await());
        run.start(Commands.of(List.of("echo later")), before);
        run.await();
        try (DockerExecutor next = executor()) {
            next.removeLeft(Set.of(order.runName()));
            try (Run found = next.recover(order, Commands.of(List.of("echo done; exit 3")), after)
                    .orElseThrow()) {
                assertEquals(new Exit.Code(3), found.await());
            }
        }
        assertEquals("done\n", after.out());
    }

    @Test
    void whatNobodyWantsIsRemovedAtTheStart() throws Exception {
        started(executor(), orders.of(), "sleep 4781");
        prepared(executor(), orders.of());
        try (DockerExecutor next = executor()) {
            next.removeLeft(Set.of());
        }
    }

    @Test
    void whatWasNeverStartedIsNotFound() throws Exception {
        JobOrder order = orders.of();
        prepared(executor(), order);
        try (DockerExecutor next = executor()) {
            next.removeLeft(Set.of(order.runName()));
            assertTrue(next.recover(order, Commands.of(List.of()), after).isEmpty());
        }
    }

    @Test
    void aContainerThatIsKilledIsLostAndNotAnEndOfTheScript() throws Exception {
        JobOrder order = orders.of();
        try (DockerExecutor executor = executor();
                Run run = started(executor, order, "echo ready; sleep 4782")) {
            before.waitForOut("ready");
            container(order).kill();
            Exit.Lost lost = assertInstanceOf(Exit.Lost.class, run.await());
            assertTrue(lost.reason().contains("137"), lost::reason);
        }
    }

    /** As by an engine that goes down while it starts one. */
    @Test
    void soIsOneThatIsKilledBeforeItsShellIsThere() throws Exception {
        JobOrder order = orders.of(new Work(
                Optional.of(new Work.Image(TestEngine.BUSYBOX, Optional.of(List.of("/bin/sh", "-c", "sleep 4786")))),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Duration.ofMinutes(1),
                List.of(),
                List.of()));
        try (DockerExecutor executor = executor();
                Run run = executor.prepare(order);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> started = threads.submit(() -> {
                run.start(Commands.of(List.of("echo never")), before);
                return true;
            });
            Container container = container(order);
            Ready.until("it to run", () -> container.state().running());
            container.kill();
            started.get();
            Exit.Lost lost = assertInstanceOf(Exit.Lost.class, run.await());
            assertTrue(lost.reason().contains("137"), lost::reason);
        }
        assertEquals("", before.out());
    }

    @Test
    void anEngineThatIsKilledOrStoppedLosesItsJobsAndTakesMoreAfterwards() throws Exception {
        try (DockerExecutor executor = executor()) {
            for (boolean kill : List.of(true, false)) {
                RecordedOutput output = new RecordedOutput();
                try (Run run = prepared(executor, orders.of())) {
                    run.start(Commands.of(List.of("echo ready; sleep 4783")), output);
                    output.waitForOut("ready");
                    if (kill) {
                        engine.kill();
                    } else {
                        engine.stop();
                    }
                    IOException gone = assertThrows(IOException.class, () -> executor.prepare(orders.of()));
                    assertTrue(gone.getMessage().startsWith("cannot "), gone::getMessage);
                    engine.startAgain();
                    Exit.Lost lost = assertInstanceOf(Exit.Lost.class, run.await());
                    assertTrue(lost.reason().contains("engine"), lost::reason);
                    assertFalse(lost.reason().contains("with 0"), lost::reason);
                }
                try (Run run = executor.prepare(orders.of())) {
                    run.start(Commands.of(List.of("echo again")), output);
                    assertEquals(new Exit.Code(0), run.await());
                }
                assertFalse(output.out().isEmpty());
            }
        }
    }

    /** As after a machine has lost its power, where the gateway is up first. */
    @Test
    void aGatewayThatIsThereBeforeItsEngineWaitsForThat() throws Exception {
        JobOrder order = orders.of("echo ready; sleep 4787");
        started(executor(), order, "echo ready; sleep 4787");
        before.waitForOut("ready");
        engine.kill();
        try (DockerExecutor next = executor();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            next.removeLeft(Set.of(order.runName()));
            Future<Optional<Run>> found =
                    threads.submit(() -> next.recover(order, Commands.of(List.of("echo ready; sleep 4787")), after));
            engine.startAgain();
            try (Run run = found.get().orElseThrow()) {
                assertInstanceOf(Exit.Lost.class, run.await());
            }
        }
        assertEquals("ready\n", after.out());
    }

    @Test
    void whatARunHasLeftOnAnEngineThatCameTooLateIsRemoved() throws Exception {
        JobOrder order = orders.of("echo ready; sleep 4788");
        started(executor(), order, "echo ready; sleep 4788");
        before.waitForOut("ready");
        engine.kill();
        DockerLimits hasty =
                new DockerLimits(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 10_000, 500_000);
        try (DockerExecutor next = DockerExecutor.open(settings().with(hasty), (source, workspace) -> {})) {
            next.removeLeft(Set.of(order.runName()));
            IOException away =
                    assertThrows(IOException.class, () -> next.recover(order, Commands.of(List.of()), after));
            assertTrue(away.getMessage().startsWith("cannot reach the engine at unix://"), away::getMessage);
            engine.startAgain();
            next.nodes();
            try (DockerEngine asked = DockerEngine.connect(engine.address(), DockerLimits.DEFAULT)) {
                Ready.until("its removal", () -> Remains.of(asked, GATEWAY).isEmpty());
            }
        }
    }

    static Container container(JobOrder order) throws Exception {
        return found(DockerEngine.connect(engine.address(), DockerLimits.DEFAULT), GATEWAY, order);
    }

    /** The container of a job on an engine. */
    static Container found(DockerEngine asked, String gateway, JobOrder order) throws Exception {
        return new Container(
                asked,
                new Leftovers(asked, gateway).job(order.runName()).orElseThrow().getId());
    }

    private static void exec(JobOrder order, String command) throws Exception {
        Process process = new ProcessBuilder(
                        "docker",
                        "--host",
                        "unix://" + engine.socket(),
                        "exec",
                        container(order).id(),
                        "/bin/sh",
                        "-c",
                        command)
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
    }
}
