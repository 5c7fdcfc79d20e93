package io.sallyport.builds.executor.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} of a gateway with jobs. */
@Timeout(180)
class KilledGatewayTest {
    private static final String CLINGING =
            "(trap '' TERM HUP; setsid SLEEP &) ; trap '' TERM HUP; SLEEP & echo ready; SLEEP";

    private final LongSleep sleep = LongSleep.unique();

    @TempDir
    Path temp;

    private Process gateway(Sandbox mode, int jobs) throws IOException {
        String[] scripts = new String[jobs];
        java.util.Arrays.fill(scripts, CLINGING.replace("SLEEP", sleep.toString()));
        return ChildGateway.start(List.of(), ChildGateway.classes(), temp.resolve("w"), mode, scripts);
    }

    private static void kill(Process gateway) throws InterruptedException {
        gateway.destroyForcibly();
        assertTrue(gateway.waitFor(30, TimeUnit.SECONDS));
    }

    private void waitUntilGone() {
        waitUntil(() -> Processes.with(sleep.seconds()) == 0);
    }

    private static void waitUntil(BooleanSupplier gone) {
        long begun = System.nanoTime();
        while (!gone.getAsBoolean()) {
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(30).toNanos(), "still there");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void assertNothingIsLeftByTheNext() throws Exception {
        try (ProcessExecutor next = ProcessExecutor.open(
                ProcessSettings.in(temp.resolve("w")).with(Sandbox.NONE), (source, folder) -> {})) {
            assertFalse(next.name().isEmpty());
        }
        assertEquals(0, Processes.with(sleep.seconds()));
        try (Stream<Path> left = Files.list(temp.resolve("w"))) {
            assertEquals(
                    List.of(),
                    left.filter(each -> each.getFileName().toString().startsWith("run-"))
                            .toList());
        }
    }

    @Test
    void leavesNoProcessOfASandboxedJob(@TempDir Path folder) throws Exception {
        Bubblewraps.assumeUsable(folder);
        Process gateway = gateway(Sandbox.REQUIRED, 3);
        try {
            ChildGateway.waitForReady(gateway, 3);
            assertTrue(Processes.with(sleep.seconds()) >= 3);
        } finally {
            kill(gateway);
        }
        waitUntilGone();
        assertNothingIsLeftByTheNext();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 25})
    void alsoWhileJobsAreBeingStarted(int millis, @TempDir Path folder) throws Exception {
        Bubblewraps.assumeUsable(folder);
        Process gateway = gateway(Sandbox.REQUIRED, 20);
        try {
            ChildGateway.waitForReady(gateway, 1);
            LockSupport.parkNanos(millis * 1_000_000L); // some moment of the starts that follow
        } finally {
            kill(gateway);
        }
        waitUntilGone();
        waitUntil(() -> Processes.with("--die-with-parent", temp.toString()) == 0);
    }

    @Test
    void withoutASandboxTheNextGatewayEndsWhatIsLeft() throws Exception {
        Process gateway = gateway(Sandbox.NONE, 2);
        try {
            ChildGateway.waitForReady(gateway, 2);
        } finally {
            kill(gateway);
        }
        assertNothingIsLeftByTheNext();
    }
}
