package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A state directory on a disk of 32 MiB. */
class FullDiskIT {
    private final GatewayProcess gateway = new GatewayProcess();
    private boolean mounted;

    @BeforeEach
    void smallDisk() throws Exception {
        Files.createDirectory(gateway.home());
        Outcome mount = Program.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=32m,mode=0700",
                        "tmpfs",
                        gateway.home().toString())
                .run();
        mounted = mount.exit() == 0;
        Program.need(mounted, "no file system can be mounted here: " + mount.errors());
        gateway.prepare().start().projects("web");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            if (gateway.process().alive()) {
                gateway.stop();
            }
            Program.of("umount", gateway.home().toString()).run().ok();
        }
        gateway.close();
    }

    @Test
    void aSourceThatDoesNotFitIsRefusedAndLeavesNothing() throws Exception {
        List<String> before = StateFiles.of(gateway.home());

        Outcome refused = gateway.admin()
                .run(
                        "submit web",
                        Source.script("true").file("big", new byte[40 << 20]).tar());

        assertTrue(refused.problem(507).path("detail").asText().contains("full"), refused::errors);
        assertEquals(before, StateFiles.of(gateway.home()));
        assertEquals("succeeded", built());
    }

    @Test
    void onAFullDiskNothingIsTakenAndAllCanBeReadAndThenItWorksAgain() throws Exception {
        assertEquals("succeeded", built());
        Path filler = fill();

        gateway.admin()
                .run(
                        "submit web",
                        Source.script("true").file("data", new byte[100_000]).tar())
                .problem(507);
        assertEquals(1, gateway.admin().run("ls").ok().items().size());
        assertTrue(gateway.admin().run("log 1").ok().text().contains("built here"));

        Files.delete(filler);
        assertEquals("succeeded", built());
    }

    @Test
    void aBuildThatFillsTheDiskEndsAndTheGatewayLivesOn() throws Exception {
        long flood =
                gateway.admin().submit("web", Source.script("head -c 64M /dev/zero > big; echo $?; seq 1 9999999"));

        JsonNode ended = gateway.admin().ended(flood);

        assertTrue(List.of("failed", "errored").contains(ended.path("state").asText()), ended::toString);
        Await.until("a build to work again", () -> built().equals("succeeded"));
    }

    @Test
    void buildsThatWaitWhileTheDiskIsFullComeToAnEnd() throws Exception {
        Signal signal = gateway.signal();
        List<Long> builds = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            builds.add(gateway.admin().submit("web", Source.script(signal.awaited() + "; echo done")));
        }
        Await.until(
                "two builds to run",
                () -> gateway.admin().run("ls state=running").ok().items().size() == 2);

        Path filler = fill();
        signal.give();
        Await.until("the disk to be felt", () -> gateway.log().contains("No space left"));
        Files.delete(filler);

        for (long build : builds) {
            String state = gateway.admin().ended(build).path("state").asText();
            assertTrue(List.of("succeeded", "errored").contains(state), () -> "build " + build + " " + state);
        }
        assertEquals("succeeded", built());
    }

    @Test
    void nothingIsChangedWithoutARecord() throws Exception {
        Ssh auditor = gateway.user("olga", "auditor");
        Path filler = fill();
        int made = 0;
        Outcome outcome = gateway.admin().run("PUT /projects/p0", "{}");
        while (outcome.exit() == 0 && made < 200) {
            made++;
            outcome = gateway.admin().run("PUT /projects/p" + made, "{}");
        }
        outcome.problem(507);
        assertTrue(gateway.admin().run("GET /projects").ok().items().size() > made);
        Files.delete(filler);

        String records = auditor.run("GET /audit").ok().text();
        for (JsonNode project : gateway.admin().run("GET /projects").ok().items()) {
            String name = project.path("name").asText();
            assertTrue(records.contains("PUT /projects/" + name + "\""), () -> name + " was made without a record");
        }
        GatewayProcess.launcher(
                        "sallyport", "admin", "audit", "verify", gateway.home().toString())
                .run()
                .ok();
    }

    private String built() throws IOException, InterruptedException {
        Outcome submitted = gateway.admin()
                .run("submit web", Source.script("echo built here").tar());
        return submitted.exit() != 0
                ? submitted.errors()
                : gateway.admin()
                        .ended(submitted.json().path("id").asLong())
                        .path("state")
                        .asText();
    }

    private Path fill() throws IOException, InterruptedException {
        Path filler = gateway.home().resolve("filler");
        assertTrue(Program.of("dd", "if=/dev/zero", "of=" + filler, "bs=4k")
                .run()
                .errors()
                .contains("No space"));
        return filler;
    }
}
