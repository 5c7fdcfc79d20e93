package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.ExecutorContractTest;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.executor.process.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a Swarm of three nodes. */
class SwarmExecutorTest extends ExecutorContractTest {
    private static final String GATEWAY = "contract";

    @TempDir
    static Path folder;

    private static TestSwarm swarm;

    @BeforeAll
    static void startSwarm() throws Exception {
        swarm = TestSwarm.start(folder);
    }

    @AfterAll
    static void stopSwarm() throws Exception {
        if (swarm != null) {
            swarm.close();
        }
    }

    @Override
    protected Executor open(WorkspaceFiller filler) throws Exception {
        return swarm.executor(GATEWAY, filler);
    }

    @Override
    protected Set<String> variablesOfItsOwn() {
        return Set.of("HOSTNAME");
    }

    @Override
    protected long processesWith(String argument) {
        return Processes.with(argument);
    }

    @Override
    protected List<String> remains() throws Exception {
        return swarm.remainsInTheEnd(GATEWAY);
    }
}
