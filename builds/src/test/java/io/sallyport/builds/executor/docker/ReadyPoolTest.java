package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.RecordedOutput;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers made ahead of their jobs. */
@Timeout(180)
class ReadyPoolTest extends OnEngine {
    private static final ReadySettings TWO = new ReadySettings(2, 64 << 20, Duration.ofHours(1), 4);

    private static DockerExecutor executor(ReadySettings ready) throws IOException {
        return DockerExecutor.open(settings(ready), (source, workspace) -> {});
    }

    private JobOrder of(String image, String... entrypoint) {
        return of(image, List.of(), entrypoint);
    }

    private JobOrder of(String image, List<Work.Service> services, String... entrypoint) {
        return orders.of(work(
                new Work.Image(image, entrypoint.length == 0 ? Optional.empty() : Optional.of(List.of(entrypoint))),
                services.toArray(Work.Service[]::new)));
    }

    /** Starts a job that sleeps. */
    private static Run running(DockerExecutor executor, JobOrder order) throws Exception {
        RecordedOutput output = new RecordedOutput();
        Run run = executor.prepare(order);
        run.start(Commands.of(List.of("echo begun; sleep 4795")), output);
        output.waitForOut("begun\n");
        return run;
    }

    /** Runs a job, and tells the name of its container, which is its host's. */
    private static String host(DockerExecutor executor, JobOrder order) throws Exception {
        RecordedOutput output = new RecordedOutput();
        try (Run run = executor.prepare(order)) {
            run.start(Commands.of(List.of("cat /proc/sys/kernel/hostname")), output);
            assertEquals(new Exit.Code(0), run.await(), output::all);
        }
        return output.out().strip();
    }

    private JsonNode description(JobOrder order) throws Exception {
        Container container = DockerRecoveryTest.found(asked, GATEWAY, order);
        JsonNode all = asked.document("look at a container", "/containers/" + container.id() + "/json");
        ObjectNode config = all.path("Config").deepCopy();
        config.remove(List.of("Hostname", "Labels"));
        return asked.document("look at a container", "/containers/" + container.id() + "/json")
                .<ObjectNode>deepCopy()
                .retain("HostConfig", "AppArmorProfile", "MountLabel", "ProcessLabel", "Image", "Args", "Path")
                .set("Config", config);
    }

    @Test
    void aContainerIsOneJobsAlone() throws Exception {
        try (DockerExecutor executor = executor(TWO)) {
            Set<String> hosts = new HashSet<>();
            hosts.add(host(executor, orders.of()));
            for (int i = 0; i < 6; i++) {
                Ready.await(executor, Math.min(i + 1, 2));
                assertTrue(hosts.add(host(executor, orders.of())), hosts::toString);
            }
            assertEquals(6, executor.ready().taken());
            assertEquals(1, executor.ready().missed());
        }
    }

    @Test
    void jobsAtOnceShareNone() throws Exception {
        try (DockerExecutor executor = executor(TWO)) {
            host(executor, orders.of());
            Ready.await(executor, 1);
            try (Run _ = running(executor, orders.of());
                    Run _ = running(executor, orders.of())) {
                assertEquals(1, executor.ready().taken());
                assertEquals(2, executor.ready().missed());
            }
        }
    }

    @Test
    void itIsBoundAsAnyOther() throws Exception {
        try (DockerExecutor executor = executor(TWO)) {
            JobOrder fresh = orders.of();
            JsonNode expected;
            try (Run _ = running(executor, fresh)) {
                expected = description(fresh);
                Ready.await(executor, 1);
            }
            JobOrder ready = orders.of();
            try (Run _ = running(executor, ready)) {
                assertEquals(1, executor.ready().taken());
                assertEquals(expected, description(ready));
            }
        }
    }

    @Test
    void jobsThatItWouldNotFitAreGivenTheirOwn() throws Exception {
        Work.Service service = new Work.Service(
                new Work.Image(TestEngine.BUSYBOX, Optional.empty()),
                List.of(),
                Optional.of(List.of("sleep", "100")),
                Map.of());
        try (DockerExecutor executor = executor(TWO)) {
            host(executor, of(TestEngine.BUSYBOX, ""));
            Ready.await(executor, 1);
            host(executor, of(TestEngine.BUSYBOX, List.of(service)));
            host(executor, of(TestEngine.BUSYBOX, "/bin/sh", "-c", "exec \"$@\"", "own"));
            host(executor, of("sallyport/busybox:latest"));
            assertEquals(0, executor.ready().taken());
            host(executor, of(TestEngine.BUSYBOX));
            assertEquals(1, executor.ready().taken());
        }
    }

    @Test
    void budgetsHold() throws Exception {
        for (ReadySettings none : List.of(
                ReadySettings.NONE,
                new ReadySettings(2, 1, Duration.ofHours(1), 4), // memory for none
                new ReadySettings(2, 64 << 20, Duration.ZERO, 4))) {
            try (DockerExecutor executor = executor(none)) {
                host(executor, orders.of());
                host(executor, orders.of());
                assertEquals(0, executor.ready().taken(), none::toString);
            }
        }
        try (DockerExecutor executor = executor(TWO)) {
            for (int i = 0; i < 4; i++) {
                host(executor, orders.of());
                Ready.await(executor, Math.min(i + 1, 2));
                assertTrue(new Leftovers(asked, GATEWAY).unused().size() <= 2);
            }
        }
    }

    @Test
    void noneIsMadeWhileAllPlacesAreTaken() throws Exception {
        try (DockerExecutor executor = executor(new ReadySettings(2, 64 << 20, Duration.ofHours(1), 1))) {
            try (Run run = running(executor, orders.of())) {
                RecordedOutput output = new RecordedOutput();
                run.stop(Duration.ZERO);
                run.await();
                run.start(Commands.of(List.of("sleep 1")), output); // longer than the pool waits for quiet
                run.await();
                assertEquals(0, executor.ready().waiting());
                assertEquals(List.of(), new Leftovers(asked, GATEWAY).unused());
            }
            Ready.await(executor, 1);
        }
    }

    @Test
    void imagesThatAreNotUsedAnyMoreMakeRoom() throws Exception {
        asked.tell("tag", client -> client.tagImageCmd(TestEngine.BUSYBOX, "sallyport/other", "1"));
        try (DockerExecutor executor = executor(TWO)) {
            host(executor, orders.of());
            Ready.await(executor, 1);
            host(executor, of("sallyport/other:1"));
            Ready.await(executor, 2);
            host(executor, of("sallyport/other:1"));
            Ready.await(executor, 2);
            Ready.until(
                    "two of the other",
                    () -> new Leftovers(asked, GATEWAY)
                                    .unused().stream()
                                            .filter(each -> each.getLabels()
                                                    .get(Labels.IMAGE)
                                                    .startsWith("sallyport/other"))
                                            .count()
                            == 2);
        } finally {
            asked.tell("remove the tag", client -> client.removeImageCmd("sallyport/other:1"));
        }
    }

    @Test
    void anotherImageUnderTheNameHasNoneOfTheOldOnes() throws Exception {
        asked.tell("tag", client -> client.tagImageCmd(TestEngine.BUSYBOX, "sallyport/moving", "1"));
        try (DockerExecutor executor = executor(TWO)) {
            host(executor, of("sallyport/moving:1"));
            host(executor, of("sallyport/moving:1"));
            Ready.await(executor, 2);
            String other;
            JobOrder base = of("sallyport/moving:1");
            try (Run _ = running(executor, base)) {
                String id = DockerRecoveryTest.found(asked, GATEWAY, base).id();
                other = asked.ask(
                        "commit",
                        client -> client.commitCmd(id)
                                .withRepository("sallyport/moving")
                                .withTag("1"));
            }
            long taken = executor.ready().taken();
            JobOrder changed = of("sallyport/moving:1");
            try (Run _ = running(executor, changed)) {
                assertEquals(taken, executor.ready().taken());
                assertEquals(
                        other,
                        asked.document(
                                        "look",
                                        "/containers/"
                                                + DockerRecoveryTest.found(asked, GATEWAY, changed)
                                                        .id() + "/json")
                                .path("Image")
                                .asText());
            }
            Ready.until(
                    "only new ones",
                    () -> new Leftovers(asked, GATEWAY)
                            .unused().stream()
                                    .allMatch(each -> each.getImageId().equals(other)));
        } finally {
            asked.tell("remove the tag", client -> client.removeImageCmd("sallyport/moving:1"));
        }
    }

    @Test
    void oneThatIsGoneOrHasEndedIsNoJobsTrouble() throws Exception {
        try (DockerExecutor executor = executor(TWO)) {
            for (boolean remove : List.of(true, false)) {
                host(executor, orders.of());
                Ready.until("some wait", () -> executor.ready().waiting() > 0);
                for (com.github.dockerjava.api.model.Container each : new Leftovers(asked, GATEWAY).unused()) {
                    Container container = new Container(asked, each.getId());
                    if (remove) {
                        container.remove();
                    } else {
                        container.kill();
                        container.awaitEnd(Duration.ofSeconds(10));
                    }
                }
                host(executor, orders.of());
            }
        }
    }

    @Test
    void anImageWhoseJobsDoNotStartHasNone() throws Exception {
        try (DockerExecutor executor = executor(TWO)) {
            try (Run run = executor.prepare(of(TestEngine.NO_SHELL))) {
                RecordedOutput output = new RecordedOutput();
                assertThrows(IOException.class, () -> run.start(Commands.of(List.of("true")), output));
            }
            host(executor, orders.of());
            Ready.await(executor, 1);
            assertTrue(new Leftovers(asked, GATEWAY)
                    .unused().stream()
                            .allMatch(each -> each.getLabels().get(Labels.IMAGE).startsWith(TestEngine.BUSYBOX)));
        }
    }
}
