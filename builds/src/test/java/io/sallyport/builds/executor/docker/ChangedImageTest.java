package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job runs in the image that its name stands for when it begins, whatever that stood for when another began. */
class ChangedImageTest extends OnEngine {
    private static final String MOVING = "sallyport/moving:1";

    @BeforeEach
    void name() throws Exception {
        asked.tell("tag", client -> client.tagImageCmd(TestEngine.BUSYBOX, "sallyport/moving", "1"));
    }

    @AfterEach
    void forget() throws Exception {
        asked.remove("images", MOVING);
    }

    private static DockerExecutor executor(int images) throws IOException {
        return DockerExecutor.open(
                settings(new ReadySettings(0, 0, Duration.ofHours(1), 4, images)),
                (source, workspace) -> Files.writeString(workspace.resolve("f"), "source\n"));
    }

    /** Runs a job, and gives what it was recorded to have run in. */
    private Optional<String> run(DockerExecutor executor, String... script) throws Exception {
        try (Run run = executor.prepare(orders.of(work(MOVING)))) {
            run.start(Commands.of(List.of(script)), output);
            assertEquals(new Exit.Code(0), run.await(), output::all);
            return run.image();
        }
    }

    /** Gives the name to another image, which is the old one with a file in it. */
    private void move() throws Exception {
        String container = asked.ask(
                        "make", client -> client.createContainerCmd(MOVING).withCmd("touch", "/moved"))
                .getId();
        Container made = new Container(asked, container);
        made.start();
        made.awaitEnd(Duration.ofSeconds(30));
        asked.ask(
                "commit",
                client -> client.commitCmd(container)
                        .withRepository("sallyport/moving")
                        .withTag("1"));
        made.remove();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aNameThatHasMovedIsFollowed(int readyImages) throws Exception {
        try (DockerExecutor executor = executor(readyImages)) {
            String before = id(MOVING);
            assertEquals(Optional.of(MOVING + "@" + before), run(executor, "test ! -e /moved"));
            assertEquals(Optional.of(MOVING + "@" + before), run(executor, "test ! -e /moved"));
            move();
            String after = id(MOVING);
            assertEquals(Optional.of(MOVING + "@" + after), run(executor, "test -e /moved && cat f"));
            nothingStays();
            assertEquals(Optional.of(MOVING + "@" + after), run(executor, "test -e /moved && cat f"));
        }
        assertEquals("source\nsource\n", output.out());
    }

    @Test
    void aNameThatIsGoneIsSaidToBe() throws Exception {
        try (DockerExecutor executor = executor(1)) {
            run(executor, "true");
            nothingStays();
            asked.remove("images", MOVING);
            IOException refused = assertThrows(IOException.class, () -> executor.prepare(orders.of(work(MOVING))));
            assertEquals(
                    "the engine has no image " + MOVING + ", and images are not fetched here", refused.getMessage());
            nothingStays();
        }
    }

    /** But what an image is made from, for a moment. */
    private static void nothingStays() throws Exception {
        Ready.until("nothing to be left", () -> Remains.of(asked, GATEWAY).isEmpty());
    }
}
