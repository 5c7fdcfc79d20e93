package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.WorkspaceFiller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by containers that were made ahead of their jobs: each test's first job has one. */
class ReadyExecutorTest extends DockerExecutorTest {
    private static final ReadySettings READY = new ReadySettings(1, 64 << 20, Duration.ofHours(1), 100);

    private static long taken;

    @AfterEach
    void count() {
        taken += ((DockerExecutor) executor).ready().taken();
    }

    @AfterAll
    static void theyWereUsedAndNoneWaitsForGood() throws Exception {
        assertTrue(taken >= 50, "only " + taken + " jobs had one");
        assertEquals(List.of(), onEngine());
    }

    @Override
    protected Executor open(WorkspaceFiller filler) throws Exception {
        AtomicBoolean warm = new AtomicBoolean();
        DockerExecutor executor = DockerExecutor.open(settings().with(READY), (source, folder) -> {
            if (warm.get()) {
                filler.fill(source, folder);
            }
        });
        try (Run run = executor.prepare(orders.of())) {
            run.start(Commands.of(List.of()), new RecordedOutput());
            assertEquals(new Exit.Code(0), run.await());
        }
        Ready.await(executor, 1);
        warm.set(true);
        return executor;
    }

    /** While an executor is open, one that waits is none of a run's. */
    @Override
    protected List<String> remains() throws Exception {
        return super.remains().stream().filter(each -> !Ready.isName(each)).toList();
    }
}
