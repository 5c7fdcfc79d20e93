package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.ExecutorContractTest;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.executor.process.Processes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an engine. */
class DockerExecutorTest extends ExecutorContractTest {
    private static final String GATEWAY = "contract";

    @TempDir
    static Path folder;

    private static TestEngine engine;
    private static DockerEngine asked;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = TestEngine.start(folder.resolve("engine"));
        asked = DockerEngine.connect(engine.address(), DockerLimits.DEFAULT);
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (engine != null) {
            asked.close();
            engine.close();
        }
    }

    @Override
    protected Executor open(WorkspaceFiller filler) throws Exception {
        return DockerExecutor.open(settings(), filler);
    }

    static DockerSettings settings() {
        return DockerSettings.on(engine.address(), GATEWAY, folder.resolve("staging"))
                .with(new ImageSettings(
                        Optional.of(TestEngine.BUSYBOX), List.of(), PullPolicy.NEVER, Optional.empty()));
    }

    /** Containers, networks and volumes. */
    static List<String> onEngine() throws Exception {
        return Remains.of(asked, GATEWAY);
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
        List<String> remains = new ArrayList<>(onEngine());
        remains.addAll(staged());
        return remains;
    }

    private static List<String> staged() throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.exists(folder.resolve("staging"))) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder.resolve("staging"))) {
                left.forEach(each -> names.add(each.getFileName().toString()));
            }
        }
        return names;
    }
}
