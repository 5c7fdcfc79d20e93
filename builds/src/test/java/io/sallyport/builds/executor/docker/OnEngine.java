package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.executor.Orders;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.plan.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What tests have that run on an engine of their class's, on which none leaves anything. */
abstract class OnEngine {
    static final String GATEWAY = "tests";

    @TempDir
    static Path folder;

    static TestEngine engine;
    static DockerEngine asked;

    final Orders orders = new Orders();
    final RecordedOutput output = new RecordedOutput();

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

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertEquals(List.of(), Remains.of(asked, GATEWAY));
    }

    /** Whose jobs name no image, or one that is there. */
    static DockerSettings settings(ReadySettings ready) {
        return settings(TestEngine.BUSYBOX, ready);
    }

    /** The same, with an image for jobs that name none. */
    static DockerSettings settings(String usual, ReadySettings ready) {
        return DockerSettings.on(engine.address(), GATEWAY, folder.resolve("staging"))
                .with(new ImageSettings(Optional.of(usual), List.of(), PullPolicy.NEVER, Optional.empty()))
                .with(ready);
    }

    /** That of a job in an image. */
    static Work work(Work.Image image, Work.Service... services) {
        return new Work(
                Optional.of(image),
                List.of(services),
                List.of("true"),
                List.of(),
                Map.of(),
                Duration.ofMinutes(1),
                List.of(),
                List.of());
    }

    static Work work(String image) {
        return work(new Work.Image(image, Optional.empty()));
    }

    /** What an image is. */
    static String id(String image) throws Exception {
        return String.valueOf(
                asked.ask("look", client -> client.inspectImageCmd(image)).getId());
    }
}
