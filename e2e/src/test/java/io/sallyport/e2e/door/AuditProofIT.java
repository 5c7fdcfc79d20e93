package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit log proves itself: whoever changes its files, or ends the gateway at any moment, is found out. */
class AuditProofIT {
    private final GatewayProcess gateway = new GatewayProcess(
            "audit.segmentBytes: 8KiB", "audit.segments: 1000", "limits.unauthenticatedPerSource: 100");

    @BeforeEach
    void start() throws Exception {
        gateway.prepare().start();
    }

    @AfterEach
    void end() throws Exception {
        gateway.process().kill();
        gateway.close();
    }

    @Test
    void whoeverTouchesTheFilesIsFoundOut() throws Exception {
        Ssh auditor = gateway.user("olga", "auditor");
        for (int i = 0; i < 15; i++) {
            gateway.admin().run("PUT /projects/p" + i, "{}").ok();
        }
        Path checkpoint = Files.write(
                gateway.work().resolve("checkpoint.json"),
                auditor.run("GET /audit/checkpoint").ok().out());
        Outcome sound = verify(
                        "--checkpoint", checkpoint.toString(), gateway.home().toString())
                .ok();
        assertTrue(sound.text().startsWith("sound: records 1 to "), sound::text);
        assertTrue(sound.text().contains("is the one that was signed"), sound::text);
        gateway.stop();
        verify(gateway.home().toString()).ok();

        Path flipped = copy("flipped");
        byte[] bytes = Files.readAllBytes(flipped.resolve("00000002.ndjson"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(flipped.resolve("00000002.ndjson"), bytes);
        assertFault("00000002.ndjson:", "its bytes were changed", flipped);

        Path swapped = copy("swapped");
        List<String> lines = new ArrayList<>(Files.readAllLines(swapped.resolve("00000001.ndjson")));
        Collections.swap(lines, 3, 4);
        Files.write(swapped.resolve("00000001.ndjson"), lines);
        assertFault("00000001.ndjson:4:", "record 5 stands where record 4 should be", swapped);

        Path cut = copy("cut");
        lines = new ArrayList<>(Files.readAllLines(cut.resolve("00000001.ndjson")));
        lines.remove(6);
        Files.write(cut.resolve("00000001.ndjson"), lines);
        assertFault("00000001.ndjson:7:", "record 8 stands where record 7 should be", cut);

        Path removed = copy("removed");
        Files.delete(removed.resolve("00000002.ndjson"));
        assertFault("00000003.ndjson:1:", "records were taken out", removed);

        Path rolledBack = copy("rolled-back");
        try (Stream<Path> files = Files.list(rolledBack)) {
            Files.delete(files.sorted().toList().getLast());
        }
        try (Stream<Path> files = Files.list(rolledBack)) {
            Files.delete(files.sorted().toList().getLast());
        }
        verify(rolledBack.toString()).ok();
        Outcome found = verify("--checkpoint", checkpoint.toString(), rolledBack.toString())
                .exits(1);
        assertTrue(found.errors().contains("records were cut off at the end"), found::errors);
    }

    @Test
    void killedAtAnyMomentItHasTheRecordOfAllThatWasDone() throws Exception {
        Ssh auditor = gateway.user("olga", "auditor");
        for (int life = 0; life < 3; life++) {
            ConcurrentLinkedQueue<String> made = new ConcurrentLinkedQueue<>();
            List<Thread> makers = new ArrayList<>();
            for (int maker = 0; maker < 4; maker++) {
                String prefix = "p" + life + "-" + maker + "-";
                makers.add(Thread.ofVirtual().start(() -> make(prefix, made)));
            }
            Await.until("some projects", () -> made.size() >= 6);
            gateway.kill();
            for (Thread maker : makers) {
                maker.join();
            }
            gateway.start();

            List<JsonNode> records = Json.lines(auditor.run("GET /audit").ok().text());
            List<String> recorded = records.stream()
                    .filter(record -> record.path("decision").asText().equals("allow"))
                    .map(record -> record.path("request").asText())
                    .toList();
            for (JsonNode project : gateway.admin().run("GET /projects").ok().items()) {
                String name = project.path("name").asText();
                assertTrue(recorded.contains("PUT /projects/" + name), () -> name + " was made without a record");
            }
            assertTrue(recorded.containsAll(
                    made.stream().map(name -> "PUT /projects/" + name).toList()));
            verify(gateway.home().toString()).ok();
        }
    }

    private void make(String prefix, ConcurrentLinkedQueue<String> made) {
        try {
            for (int i = 0;
                    gateway.admin().run("PUT /projects/" + prefix + i, "{}").exit() == 0;
                    i++) {
                made.add(prefix + i);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Outcome verify(String... words) throws IOException, InterruptedException {
        return GatewayProcess.launcher("sallyport", "admin", "audit", "verify")
                .with(words)
                .run();
    }

    private static void assertFault(String where, String what, Path folder) throws Exception {
        Outcome found = verify(folder.toString()).exits(1);
        assertEquals("", found.text());
        assertTrue(found.errors().startsWith("fault: " + folder.resolve(where)), found::errors);
        assertTrue(found.errors().contains(what), found::errors);
    }

    private Path copy(String name) throws IOException, InterruptedException {
        Path folder = gateway.work().resolve(name);
        Program.of("cp", "-a", gateway.home().resolve("audit").toString(), folder.toString())
                .run()
                .ok();
        return folder;
    }
}
