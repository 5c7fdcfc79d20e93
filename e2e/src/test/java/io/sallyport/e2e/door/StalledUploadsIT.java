package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies that do not come, or a byte at a time: they take nobody's place for long. */
class StalledUploadsIT {
    private static final int REQUESTS = 3;
    private static final int STALLED = 75;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess(
            "limits.uploadLeast: 64KiB",
            "limits.uploadWindow: 2s",
            "limits.requests: " + REQUESTS,
            "limits.requestsReserve: 2");

    private static final byte[] LARGE = new byte[300_000];

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @Test
    void aBodyThatNeverComesIsEndedWithAProblem() throws Exception {
        for (String request : List.of("submit web", "PUT /projects/web", "POST /identities/root/keys")) {
            try (Running silent = gateway.admin().start(request)) {
                JsonNode problem = silent.end().problem(429);

                assertEquals("stalled", problem.path("type").asText());
                assertEquals(
                        "fewer than 65536 bytes came in 2 s of waiting (limits.uploadLeast, limits.uploadWindow);"
                                + " send the body as soon as you connect",
                        problem.path("detail").asText());
            }
        }
    }

    @Test
    void whoDripsKeepsNobodyOut() throws Exception {
        byte[] source = Source.script("true").file("data", LARGE).tar();
        Ssh slow = gateway.user("slow", "builder:web");
        Ssh quick = gateway.user("quick", "builder:web");
        List<Running> drips = new ArrayList<>();
        try {
            for (int i = 0; i < REQUESTS; i++) {
                Running drip = slow.start("submit web");
                drips.add(drip);
                drip.in().write(source, 0, 1000);
                drip.in().flush();
            }
            Await.until("all places to be taken", () -> quick.run("whoami").exit() == STALLED);

            Await.until("the places to be free", () -> {
                for (Running drip : drips) {
                    drip(drip.in(), source[1000]);
                }
                return quick.run("whoami").exit() == 0;
            });

            for (Running drip : drips) {
                assertEquals("stalled", drip.end().problem(429).path("type").asText());
            }
        } finally {
            drips.forEach(Running::close);
        }
        assertTrue(gateway.log().contains("limit reached limit=stalled by=slow"), "the log says who");
        quick.run("submit web", source).ok();
    }

    @Test
    void aSlowBodyThatIsFastEnoughIsTaken() throws Exception {
        byte[] source = Source.script("true").file("data", LARGE).tar();
        try (Running steady = gateway.admin().start("submit web")) {
            long begun = System.nanoTime();
            for (int at = 0; at < source.length; at += 32 * 1024) {
                long due = begun + at / (32 * 1024) * 500_000_000L;
                Await.until("the next piece's time", () -> System.nanoTime() >= due);
                steady.in().write(source, at, Math.min(32 * 1024, source.length - at));
                steady.in().flush();
            }
            steady.in().close();
            steady.end().exits(0);
        }
    }

    @Test
    void aFileThatIsNotWrittenOnIsGivenUp() throws Exception {
        long before = stalled();
        try (RawSftp sftp = new RawSftp(gateway.admin()).create("/incoming/web/left.tar")) {
            Await.until("the end of its time", () -> stalled() > before);

            sftp.closeFile();

            sftp.answers().await("fewer than 65536 bytes came in 2 s");
        }
        nothingWasSubmitted("left.tar");
    }

    @Test
    void aWriteWhoseBytesDoNotComeEndsTheChannelAndSaysWhy() throws Exception {
        long before = stalled();
        try (RawSftp sftp = new RawSftp(gateway.admin()).create("/incoming/web/cut.tar")) {
            sftp.write(30_000, 1000);

            Outcome ended = sftp.end().exits(STALLED);

            assertTrue(ended.errors().contains("fewer than 65536 bytes came in 2 s"), ended::errors);
        }
        assertTrue(stalled() > before);
        nothingWasSubmitted("cut.tar");
    }

    private static long stalled() throws Exception {
        return gateway.admin()
                .run("GET /")
                .ok()
                .json()
                .path("limitsReached")
                .path("stalled")
                .asLong();
    }

    private static void nothingWasSubmitted(String name) throws Exception {
        Outcome folder = gateway.admin()
                .copying("sftp", "-b", "-", "127.0.0.1")
                .run("ls -1 /incoming/web\n".getBytes(UTF_8))
                .ok();
        assertFalse(folder.text().contains(name), folder::text);
        for (JsonNode build : gateway.admin().run("ls").ok().items()) {
            assertTrue(build.path("source").path("bytes").asLong() > LARGE.length, build::toString);
        }
    }

    private static void drip(OutputStream to, byte next) {
        try {
            to.write(next);
            to.flush();
        } catch (IOException e) {
            // It has been ended.
        }
    }
}
