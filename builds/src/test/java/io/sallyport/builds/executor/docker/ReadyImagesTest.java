package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Volume;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images that were made ahead of the containers of jobs. */
@Timeout(180)
class ReadyImagesTest extends OnEngine {
    private static final ReadySettings ONE = new ReadySettings(0, 0, Duration.ofHours(1), 4, 1);
    private static final String OTHER = "sallyport/other";

    @AfterEach
    void noImageIsLeft() throws Exception {
        assertEquals(List.of(), ready());
    }

    private static DockerExecutor executor() throws IOException {
        return DockerExecutor.open(
                settings(ONE), (source, workspace) -> Files.writeString(workspace.resolve("f"), "source\n"));
    }

    /** Their ids. */
    private List<String> ready() throws Exception {
        return asked
                .ask("list images", client -> client.listImagesCmd().withLabelFilter(Labels.image(GATEWAY)))
                .stream()
                .map(each -> each.getId())
                .toList();
    }

    private void awaitOne() throws Exception {
        Ready.until(
                "an image",
                () -> ready().size() == 1 && Remains.of(asked, GATEWAY).isEmpty());
    }

    /** Runs a job to its end, and tells of which image its container was. */
    private String run(DockerExecutor executor, String image, String... script) throws Exception {
        return run(executor, image, work(image), script);
    }

    private String run(DockerExecutor executor, String image, Work work, String... script) throws Exception {
        try (Run run = executor.prepare(orders.of(work))) {
            assertEquals(Optional.of(image + "@" + id(image)), run.image());
            String made = asked.ask(
                            "list containers",
                            client ->
                                    client.listContainersCmd().withShowAll(true).withLabelFilter(Labels.of(GATEWAY)))
                    .getFirst()
                    .getImageId();
            run.start(Commands.of(List.of(script)), output);
            assertEquals(new Exit.Code(0), run.await(), output::all);
            run.start(Commands.of(List.of("cat f; pwd")), output);
            assertEquals(new Exit.Code(0), run.await(), output::all);
            return made;
        }
    }

    @Test
    void theSecondJobOfAnImageHasOne() throws Exception {
        try (DockerExecutor executor = executor()) {
            assertEquals(id(TestEngine.BUSYBOX), run(executor, TestEngine.BUSYBOX, "cat f"));
            awaitOne();
            assertEquals(
                    ready().getFirst(),
                    run(
                            executor,
                            TestEngine.BUSYBOX,
                            "cat f; stat -c '%a %u:%g %n' . .. ../home ../tmp; ls -A ../home ../tmp"));
        }
        assertEquals(
                "source\nsource\n/build/workspace\nsource\n755 1000:1000 .\n755 0:0 ..\n700 1000:1000 ../home\n"
                        + "700 1000:1000 ../tmp\n../home:\n\n../tmp:\nsource\n/build/workspace\n",
                output.out());
        assertEquals("", output.err());
    }

    @Test
    void whatAnImageSaysOfItselfIsKept() throws Exception {
        String container = asked.ask(
                        "make a container",
                        client -> client.createContainerCmd(TestEngine.BUSYBOX)
                                .withEntrypoint("/bin/sh", "-c", "echo entered; exec \"$@\"", "entry")
                                .withCmd("x")
                                .withEnv("OF_IMAGE=yes"))
                .getId();
        asked.ask("make an image", client -> client.commitCmd(container).withRepository(OTHER));
        new Container(asked, container).remove();
        try (DockerExecutor executor = executor()) {
            Work without = work(new Work.Image(OTHER, Optional.of(List.of(""))));
            run(executor, OTHER, without, "echo \"$OF_IMAGE\"");
            awaitOne();
            assertEquals(ready().getFirst(), run(executor, OTHER, "echo \"$OF_IMAGE\""));
        }
        assertEquals("yes\nsource\n/build/workspace\nentered\nyes\nentered\nsource\n/build/workspace\n", output.out());
    }

    @Test
    void oneThatIsGoneIsMissedByNobody() throws Exception {
        try (DockerExecutor executor = executor()) {
            run(executor, TestEngine.BUSYBOX, "true");
            awaitOne();
            String first = ready().getFirst();
            asked.tell("remove", client -> client.removeImageCmd(first));
            assertEquals(id(TestEngine.BUSYBOX), run(executor, TestEngine.BUSYBOX, "cat f"));
            awaitOne();
            assertEquals(ready().getFirst(), run(executor, TestEngine.BUSYBOX, "cat f"));
        }
    }

    @Test
    void thereAreNoMoreThanWanted() throws Exception {
        asked.tell("name an image", client -> client.tagImageCmd(TestEngine.BUSYBOX, "sallyport/same", "latest"));
        makeThird();
        try (DockerExecutor executor = executor()) {
            run(executor, TestEngine.BUSYBOX, "true");
            awaitOne();
            String first = ready().getFirst();
            run(executor, "sallyport/third", "true");
            Ready.until("another image", () -> !ready().contains(first) && ready().size() == 1);
            assertEquals(id(TestEngine.BUSYBOX), run(executor, "sallyport/same", "true"));
        }
    }

    private void makeThird() throws Exception {
        makeImage(
                "sallyport/third",
                client -> client.createContainerCmd(TestEngine.BUSYBOX).withCmd("third"));
    }

    private void makeImage(String name, Function<DockerClient, CreateContainerCmd> as) throws Exception {
        String container = asked.ask("make a container", as::apply).getId();
        asked.ask("make an image", client -> client.commitCmd(container).withRepository(name));
        new Container(asked, container).remove();
    }

    @Test
    void oneInUseCountsUntilItIsGone() throws Exception {
        makeThird();
        try (DockerExecutor executor = executor()) {
            run(executor, TestEngine.BUSYBOX, "true");
            awaitOne();
            String first = ready().getFirst();
            try (Run going = executor.prepare(orders.of(work(TestEngine.BUSYBOX)))) {
                going.start(Commands.of(List.of("echo on; sleep 4798")), output);
                output.waitForOut("on\n");
                run(executor, "sallyport/third", "true");
                run(executor, "sallyport/third", "true");
                assertEquals(List.of(first), ready());
            }
            Ready.until("another image instead", () -> {
                run(executor, "sallyport/third", "true");
                return ready().size() == 1 && !ready().contains(first);
            });
        }
    }

    @Test
    void anImageWithAVolumeThereIsUsedAsItIs() throws Exception {
        String name = "sallyport/volume";
        makeImage(
                name,
                client -> client.createContainerCmd(TestEngine.BUSYBOX)
                        .withCmd("x")
                        .withVolumes(new Volume("/build")));
        try (DockerExecutor executor = executor()) {
            assertEquals(id(name), run(executor, name, "true"));
            run(executor, TestEngine.BUSYBOX, "true");
            awaitOne();
            assertEquals(id(name), run(executor, name, "cat f"));
            assertEquals(ready().getFirst(), run(executor, TestEngine.BUSYBOX, "true"));
        }
    }

    @Test
    void whatAKilledGatewayHasLeftIsRemovedUnlessAJobUsesIt() throws Exception {
        DockerExecutor killed = executor();
        run(killed, TestEngine.BUSYBOX, "true");
        awaitOne();
        String left = ready().getFirst();
        Run going = killed.prepare(orders.of(work(TestEngine.BUSYBOX)));
        going.start(Commands.of(List.of("echo on; sleep 4799")), output);
        output.waitForOut("on\n");
        try (ReadyImages next = ReadyImages.open(asked, settings())) {
            assertEquals(List.of(left), ready());
            assertNotEquals(
                    Optional.of(left), next.of(new Images.Found("x", "y", Optional.empty(), false, false, false)));
        }
        going.stop(Duration.ZERO);
        going.await();
        going.close();
        ReadyImages.open(asked, settings()).close();
        assertEquals(List.of(), ready());
        killed.close();
    }

    private static DockerSettings settings() {
        return DockerSettings.on(engine.address(), GATEWAY, folder.resolve("staging"))
                .with(ONE);
    }
}
