package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Run;
import io.sallyport.builds.executor.WorkspaceFiller;
import io.sallyport.builds.plan.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why a job, or a service beside it, does not come up: in words that say whose mistake it is. */
@Timeout(120)
class RefusedStartTest extends OnEngine {
    private static final ReadySettings NONE = new ReadySettings(0, 0, Duration.ofHours(1), 4, 0);
    private static final WorkspaceFiller EMPTY = (source, workspace) -> {};

    private static Work.Service service(String image, List<String> aliases, String... command) {
        return new Work.Service(
                new Work.Image(image, Optional.empty()), aliases, Optional.of(List.of(command)), Map.of());
    }

    private String refused(DockerSettings settings, Work work) throws Exception {
        try (DockerExecutor executor = DockerExecutor.open(settings, EMPTY)) {
            return String.valueOf(assertThrows(IOException.class, () -> executor.prepare(orders.of(work)))
                    .getMessage());
        }
    }

    private String refusedWith(Work.Service service) throws Exception {
        return refused(settings(NONE), work(new Work.Image(TestEngine.BUSYBOX, Optional.empty()), service));
    }

    @Test
    void aServiceThatCannotStartIsSaidToBeOneAndWhich() throws Exception {
        assertEquals(
                "the service sallyport/busybox (web) cannot be started: exec: \"/nope\": stat /nope: no such file or"
                        + " directory",
                refusedWith(service(TestEngine.BUSYBOX, List.of("web", "www"), "/nope")));
    }

    /** What is said of a job that has a container, but no shell in it. */
    private String unstarted(Work work) throws Exception {
        try (DockerExecutor executor = DockerExecutor.open(settings(NONE), EMPTY);
                Run run = executor.prepare(orders.of(work))) {
            return String.valueOf(assertThrows(
                            IOException.class, () -> run.start(Commands.of(List.of("echo in the script")), output))
                    .getMessage());
        }
    }

    private static Work.Image entered(String... entrypoint) {
        return new Work.Image(TestEngine.BUSYBOX, Optional.of(List.of(entrypoint)));
    }

    @Test
    void anEntrypointIsSaidToBeTheJobsOrTheImages() throws Exception {
        assertEquals(
                "the job's shell does not start, the entrypoint that the job names has ended with 0 and has not run the"
                        + " command that it was given, as exec \"$@\" does",
                unstarted(work(entered("/bin/true"))));
        String image = "sallyport/entered:1";
        String container = asked.ask(
                        "make",
                        client ->
                                client.createContainerCmd(TestEngine.BUSYBOX).withEntrypoint("/bin/sh", "-c", "exit 3"))
                .getId();
        asked.ask(
                "commit",
                client -> client.commitCmd(container)
                        .withRepository("sallyport/entered")
                        .withTag("1"));
        new Container(asked, container).remove();
        try {
            assertEquals(
                    "the job's shell does not start, the image's entrypoint has ended with 3 and has not run the command"
                            + " that it was given, as exec \"$@\" does",
                    unstarted(work(image)));
        } finally {
            asked.remove("images", image);
        }
    }

    @Test
    void anEntrypointThatReadsTheScriptItselfIsSaidToAndNothingIsToldOfTheScriptsOwn() throws Exception {
        String reason = unstarted(work(entered("/bin/sh", "-c", "echo hi; exec /bin/sh")));
        assertTrue(
                reason.startsWith(
                        "the job's shell does not start, the entrypoint that the job names has ended with 0 and has"
                                + " not run the command that it was given, as exec \"$@\" does; it has read the job's script itself,"
                                + " and some of that may have run: "),
                reason);
        assertTrue(reason.contains("hi"), reason); // in either order: there are two streams
        assertTrue(reason.contains("/bin/sh: …: not found"), reason);
        assertFalse(reason.contains("\n"), reason);
    }

    @Test
    void anImageWithoutAShellIsSaidToBeOne() throws Exception {
        assertEquals(
                "the image has no /bin/sh that can be run: exec: \"/bin/sh\": stat /bin/sh: no such file or directory",
                unstarted(work(TestEngine.NO_SHELL)));
        assertEquals(
                "the entrypoint that the job names cannot be started: exec: \"/nope\": stat /nope: no such file or directory",
                unstarted(work(entered("/nope"))));
    }

    @Test
    void anImageThatCannotBeIsSaidToBeTheJobsOrTheGateways() throws Exception {
        assertEquals(
                "the job names an image that is empty when its variables have been put in",
                refused(settings(NONE), work("")));
        assertEquals("the job names an image that cannot be: a/B", refused(settings(NONE), work("a/B")));
        assertEquals(
                "the usual image of this gateway (docker.image) cannot be: a/B",
                refused(settings("a/B", NONE), Work.of(List.of("true"), Duration.ofMinutes(1))));
    }

    @Test
    void theImageOfAServiceIsSaidToBeOne() throws Exception {
        assertEquals(
                "the engine has no image missing/db of the service db, and images are not fetched here",
                refusedWith(service("missing/db", List.of("db"), "true")));
        assertEquals(
                "the engine has no image missing/db of a service, and images are not fetched here",
                refusedWith(service("missing/db", List.of(), "true")));
        DockerSettings some = settings(NONE)
                .with(new ImageSettings(
                        Optional.of(TestEngine.BUSYBOX),
                        List.of(ImagePattern.parse(TestEngine.BUSYBOX).orElseThrow()),
                        PullPolicy.NEVER,
                        Optional.empty()));
        assertEquals(
                "the image other/db of the service db is not allowed here; allowed are " + TestEngine.BUSYBOX,
                refused(
                        some,
                        work(
                                new Work.Image(TestEngine.BUSYBOX, Optional.empty()),
                                service("other/db", List.of("db"), "true"))));
    }
}
