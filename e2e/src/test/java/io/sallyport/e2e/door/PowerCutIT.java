package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The machine loses its power: whatever was only in its memory is gone, whatever was acknowledged is not. */
class PowerCutIT {
    private static final int CLIENTS = 16;

    private final GatewayProcess gateway =
            new GatewayProcess("limits.unauthenticatedPerSource: 100", "builds.atOnce: 3", "builds.stopGrace: 1s");
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void aDiskOfItsOwn() throws Exception {
        Files.createDirectory(gateway.home());
        open.add(LoopDisk.mounted(gateway.work().resolve("disk"), gateway.home()));
        gateway.prepare();
        Program.of("sync", "-f", gateway.home().toString()).run().ok(); // what the test has put there
        gateway.start().projects("web");
    }

    @AfterEach
    void end() throws Exception {
        if (!open.isEmpty()) {
            gateway.process().kill().end();
        }
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        gateway.close();
    }

    @RepeatedTest(2)
    void whatWasAcknowledgedIsThereAfterwards(RepetitionInfo repetition) throws Exception {
        LoopDisk disk = (LoopDisk) open.getFirst();
        Source made =
                Source.script("seq 1 5000; head -c 300000 /dev/urandom > app").also("artifacts: {paths: [app]}\n");
        long ended = gateway.admin().submit("web", made);
        assertEquals("succeeded", gateway.admin().ended(ended).path("state").asText());
        String log = gateway.admin().run("log " + ended).ok().text();
        byte[] artifact = artifact(ended);
        Signal signal = gateway.signal();
        long running = gateway.admin()
                .submit(
                        "web",
                        Source.script("for i in $(seq 1 300); do echo line $i; sleep 0.01; done; " + signal.awaited()));
        Running follower = gateway.admin().start("log -f " + running);
        open.add(follower);
        follower.out().await("line 100\n");

        Map<Long, String> acknowledged = submitUntilTheCut(disk, 4 * repetition.getCurrentRepetition());
        follower.end();
        String seen = follower.out().text();
        disk.mountAnew();
        gateway.startAfterReboot();
        signal.give();

        assertEquals("succeeded", gateway.admin().build(ended).path("state").asText());
        assertEquals(log, gateway.admin().run("log " + ended).ok().text());
        assertTrue(Arrays.equals(artifact, artifact(ended)), "the artifact's bytes");
        gateway.admin().run("GET /builds/" + ended + "/signature").ok();

        Map<Long, String> builds = new HashMap<>();
        for (JsonNode build : gateway.admin().run("ls").ok().items()) {
            long id = build.path("id").asLong();
            assertEquals("succeeded", gateway.admin().ended(id).path("state").asText(), build::toString);
            if (id > running) {
                builds.put(id, build.path("labels").path("n").asText());
            }
        }
        assertTrue(builds.entrySet().containsAll(acknowledged.entrySet()), builds + " lacks some of " + acknowledged);
        assertEquals(builds.size(), builds.values().stream().distinct().count(), "a submission was built twice");

        String whole = gateway.admin().run("log " + running).ok().text();
        String kept = whole.substring(0, whole.indexOf("; the job starts anew"));
        kept = kept.substring(0, kept.lastIndexOf('\n') + 1);
        assertTrue(kept.contains("line 1\n"), "what is older than some seconds is on the disk");
        assertTrue(seen.startsWith(kept) || kept.startsWith(seen), () -> "not the log that was seen: " + whole);
        GatewayProcess.launcher(
                        "sallyport", "admin", "audit", "verify", gateway.home().toString())
                .run()
                .ok();
    }

    /** Cuts the power as soon as so many submissions are acknowledged, others being under way. */
    private Map<Long, String> submitUntilTheCut(LoopDisk disk, int enough) throws Exception {
        byte[] source =
                Source.script("echo done").file("data", new byte[300_000]).tar();
        List<Running> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Running client = gateway.admin().start("submit web labels.n=" + i);
            clients.add(client);
            open.add(client);
            Thread.ofVirtual().start(() -> client.give(source));
        }
        Await.until(enough + " acknowledgements", () -> acknowledged(clients).size() >= enough);
        disk.cutPower();
        // What is acknowledged after this is one of those whose answers were on their way.
        gateway.kill();
        for (Running client : clients) {
            client.end();
        }
        return acknowledged(clients);
    }

    private static Map<Long, String> acknowledged(List<Running> clients) {
        Map<Long, String> told = new HashMap<>();
        for (Running client : clients) {
            String answer = client.out().text();
            if (answer.endsWith("\n")) {
                JsonNode build = Json.line(answer);
                told.put(
                        build.path("id").asLong(),
                        build.path("labels").path("n").asText());
            }
        }
        return told;
    }

    private byte[] artifact(long build) throws Exception {
        return gateway.admin()
                .run("GET /builds/" + build + "/artifacts/app")
                .ok()
                .out();
    }
}
