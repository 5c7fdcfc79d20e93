package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.executor.Run;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same for jobs in containers that were made ahead. */
class ReadyRecoveryTest extends DockerRecoveryTest {
    @Override
    DockerSettings settings() {
        return super.settings().with(new ReadySettings(1, 64 << 20, Duration.ofHours(1), 100));
    }

    /** In a container that has waited for it. */
    @Override
    Run prepared(DockerExecutor executor, JobOrder order) throws Exception {
        try (Run run = executor.prepare(orders.of())) {
            run.start(Commands.of(List.of()), new RecordedOutput());
            assertEquals(new Exit.Code(0), run.await());
        }
        Ready.await(executor, 1);
        long before = executor.ready().taken();
        Run run = executor.prepare(order);
        assertEquals(before + 1, executor.ready().taken());
        return run;
    }

    @Test
    void whatWaitedForAGatewayThatWasKilledIsRemovedAtTheStart() throws Exception {
        DockerExecutor killed = DockerExecutor.open(settings(), (source, workspace) -> {});
        JobOrder order = orders.of();
        Run taken = prepared(killed, order);
        taken.start(Commands.of(List.of("echo on; sleep 4784")), new RecordedOutput());
        Ready.await(killed, 1);
        try (DockerExecutor next = DockerExecutor.open(settings(), (source, workspace) -> {})) {
            next.removeLeft(Set.of(order.runName()));
            try (DockerEngine asked = DockerEngine.connect(engine.address(), DockerLimits.DEFAULT)) {
                List<String> left = Remains.of(asked, GATEWAY);
                assertEquals(1, left.size(), left::toString);
                assertTrue(left.getFirst().contains("-" + order.runName() + "-"), left::toString);
            }
            RecordedOutput output = new RecordedOutput();
            try (Run found = next.recover(order, Commands.of(List.of("echo on; sleep 4784")), output)
                    .orElseThrow()) {
                output.waitForOut("on\n");
                found.stop(Duration.ZERO);
                assertEquals(new Exit.Stopped(), found.await());
            }
        }
    }

    @Test
    void oneThatWasTakenAndToldNothingIsNotWaitedFor() throws Exception {
        JobOrder order = orders.of();
        prepared(DockerExecutor.open(settings(), (source, workspace) -> {}), order);
        long from = System.nanoTime();
        try (DockerExecutor next = DockerExecutor.open(settings(), (source, workspace) -> {})) {
            next.removeLeft(Set.of(order.runName()));
            assertTrue(next.recover(order, Commands.of(List.of("true")), new RecordedOutput())
                    .isEmpty());
        }
        assertFalse(System.nanoTime() - from > DockerLimits.DEFAULT.call().toNanos() / 2);
    }
}
