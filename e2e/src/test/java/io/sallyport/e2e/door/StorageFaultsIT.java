package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails to keep what it was given makes the gateway read-only; nothing is acknowledged that is not on it. */
class StorageFaultsIT {
    private final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 1");
    private final Source source = Source.script("echo built; touch app").also("artifacts: {paths: [app]}\n");
    private byte[] archive = new byte[0];
    private long before;

    @BeforeEach
    void aGatewayWithABuild() throws Exception {
        Program.need("strace");
        gateway.prepare().start().projects("web");
        archive = source.tar();
        before = gateway.admin().submit("web", source);
        gateway.admin().ended(before);
    }

    @AfterEach
    void end() throws Exception {
        gateway.process().kill();
        gateway.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the record of builds   | db.sqlite-wal         | submit web",
                "the record of keys     | keys.sqlite-wal       | PUT /identities/ann",
                "the audit log          | audit/00000001.ndjson | PUT /projects/app",
                "the content store      | blobs/sha256          | submit web",
                "the logs               | logs                  | submit web",
            })
    void aFailedSyncMakesItReadOnly(String name, String file, String request) throws Exception {
        byte[] body = request.startsWith("submit") ? other() : "{}".getBytes();
        try (BadDisk disk = BadDisk.under(gateway.home().resolve(file), gateway.process(), 1)) {
            Outcome first = gateway.admin().run(request, body);
            if (!file.equals("logs")) { // which is written after the build has been accepted
                assertReadOnly(first);
            }
            disk.awaitFailure();
        }

        // The disk works again, and cannot be believed any more.
        Await.until(
                "the gateway to be read-only",
                () -> gateway.admin().run("submit web", archive).errors().contains("read-only"));
        for (String change : new String[] {
            "submit web", "PUT /projects/more", "DELETE /projects/web", "PUT /identities/ben", "retry " + before
        }) {
            assertReadOnly(gateway.admin().run(change, change.startsWith("submit") ? archive : "{}".getBytes()));
        }
        assertEquals("succeeded", gateway.admin().build(before).path("state").asText());
        assertTrue(gateway.admin().run("log " + before).ok().text().contains("built"));
        gateway.admin().run("GET /projects").ok();
        gateway.admin().run("GET /builds/" + before + "/artifacts/app").ok();
        assertTrue(gateway.log().contains("read-only until"), "the log says so");

        gateway.kill().start();

        gateway.admin().run("PUT /projects/more", "{}").ok();
        assertEquals(
                "succeeded",
                gateway.admin()
                        .ended(gateway.admin().submit("web", source))
                        .path("state")
                        .asText());
    }

    @Test
    void aFailureWhileTheWriteAheadLogIsEmptiedCountsToo() throws Exception {
        // SQLite itself keeps silent about this one: the pages are in the log still, and it tries again, in vain.
        String large = "{\"description\":\"" + "x".repeat(900_000) + "\"}";
        try (BadDisk disk = BadDisk.under(gateway.home().resolve("db.sqlite"), gateway.process(), 1)) {
            Set<String> acknowledged = new HashSet<>();
            for (int i = 0;
                    gateway.admin().run("PUT /projects/large" + i, large).exit() == 0;
                    i++) {
                acknowledged.add("large" + i);
                assertTrue(i < 100, "the log is never emptied");
            }
            disk.awaitFailure();
            assertReadOnly(gateway.admin().run("PUT /projects/more", "{}"));

            gateway.kill().start();

            Set<String> there = new HashSet<>(Json.each(
                    gateway.admin().run("GET /projects").ok().items(),
                    project -> project.path("name").asText()));
            assertTrue(there.containsAll(acknowledged), () -> there + " lacks some of " + acknowledged);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void whatWasAcknowledgedIsThereWhicheverSyncFails(int failing) throws Exception {
        Set<Long> acknowledged = new HashSet<>();
        try (BadDisk disk = BadDisk.under(gateway.home().resolve("db.sqlite-wal"), gateway.process(), failing)) {
            Outcome submitted = gateway.admin().run("submit web", archive);
            while (submitted.exit() == 0) {
                acknowledged.add(submitted.json().path("id").asLong());
                submitted = gateway.admin().run("submit web", archive);
            }
            assertReadOnly(submitted);
            disk.awaitFailure();
        }

        gateway.kill().start();

        for (long build : acknowledged) {
            assertEquals("succeeded", gateway.admin().ended(build).path("state").asText(), "build " + build);
        }
        GatewayProcess.launcher(
                        "sallyport", "admin", "audit", "verify", gateway.home().toString())
                .run()
                .ok();
    }

    /** A source that no other build has: it needs a new place in the content store. */
    private byte[] other() throws IOException, InterruptedException {
        return source.file("other", Long.toString(System.nanoTime())).tar();
    }

    private static void assertReadOnly(Outcome outcome) {
        JsonNode problem = outcome.problem(503);
        assertEquals("read-only", problem.path("type").asText(), problem::toString);
        assertTrue(problem.path("detail").asText().contains("started anew"), problem::toString);
        assertFalse(problem.has("retryAfter"), "trying again does not help");
    }
}
