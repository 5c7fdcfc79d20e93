package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.Orders;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.process.ProcessExecutor;
import io.sallyport.builds.executor.process.ProcessSettings;
import io.sallyport.builds.executor.process.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AfterScriptTest {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofMillis(100);
    private static final StopSignal.Canceled CANCELED = new StopSignal.Canceled("you", Optional.empty());

    @TempDir
    Path temp;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final StopSignal stop = new StopSignal(GRACE);
    private final RecordedOutput output = new RecordedOutput();
    private ProcessExecutor executor;

    @BeforeEach
    void open() throws Exception {
        executor =
                ProcessExecutor.open(ProcessSettings.in(temp.resolve("w")).with(Sandbox.NONE), (source, folder) -> {});
    }

    @AfterEach
    void close() {
        executor.close();
        timer.shutdownNow();
    }

    /** A script to its end, then what comes after it. */
    private void run(String script, String... after) throws Exception {
        run(script, LONGEST, after);
    }

    private void run(String script, Duration longest, String... after) throws Exception {
        try (Run run = executor.prepare(new Orders().of())) {
            stop.attach(run);
            run.start(Commands.of(List.of(script)), output);
            Exit exit = run.await();
            new AfterScript(Commands.of(List.of(after)), longest, GRACE, output).run(run, exit, stop, timer);
            stop.detach();
        }
    }

    @Test
    void itKnowsHowTheScriptEnded() throws Exception {
        run("echo x > file", "echo $CI_JOB_STATUS; cat file");
        run("exit 7", "echo $CI_JOB_STATUS");

        assertEquals("success\nx\nfailed\n", output.out());
    }

    @Test
    void itRunsWhenTheScriptWasCanceledAndASecondWishEndsIt() throws Exception {
        Thread canceler = Thread.startVirtualThread(() -> {
            try {
                output.waitForOut("ready");
                stop.raise(CANCELED);
                output.waitForOut("canceled");
                stop.raise(CANCELED);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        run("echo ready; sleep 4811", "echo $CI_JOB_STATUS; sleep 4811");
        canceler.join();

        assertEquals("ready\ncanceled\n", output.out());
        assertEquals("WARNING: after_script was ended", output.system().getLast());
    }

    @Test
    void itDoesNotRunWhenTheScriptRanTooLongOrTheGatewayGoesDown() throws Exception {
        stop.raise(new StopSignal.TimedOut(Duration.ofSeconds(1)));
        run("echo never", "echo $CI_JOB_STATUS");

        assertEquals("", output.all());
        StopSignal down = new StopSignal(GRACE);
        down.raise(new StopSignal.Shutdown());
        try (Run run = executor.prepare(new Orders().of())) {
            new AfterScript(Commands.of(List.of("echo never")), LONGEST, GRACE, output)
                    .run(run, new Exit.Code(0), down, timer);
        }
        assertEquals("", output.all());
    }

    @Test
    void itDoesNotRunWhenTheJobWasLost() throws Exception {
        try (Run run = executor.prepare(new Orders().of())) {
            new AfterScript(Commands.of(List.of("echo never")), LONGEST, GRACE, output)
                    .run(run, new Exit.Lost("gone"), stop, timer);
        }
        assertEquals("", output.all());
    }

    @Test
    void itsFailureIsToldAndNothingElse() throws Exception {
        run("true", "echo one", "exit 3", "echo never");

        assertEquals("one\n", output.out());
        assertEquals(
                "WARNING: after_script ended with 3, which changes nothing",
                output.system().getLast());
    }

    @Test
    void itHasATimeOfItsOwn() throws Exception {
        run("true", Duration.ofMillis(300), "echo begun; sleep 4812");

        assertTrue(output.all().contains("after_script was ended, as it ran longer than"), output.all());
    }

    @Test
    void withoutCommandsNothingIsSaid() throws Exception {
        run("true");

        assertEquals(List.of("$ true"), output.system());
    }

    @Test
    void whatCannotBeStartedIsTold() throws Exception {
        run("true", "echo \0");

        assertTrue(output.all().contains("WARNING: after_script could not run: a command has a NUL"), output.all());
    }
}
