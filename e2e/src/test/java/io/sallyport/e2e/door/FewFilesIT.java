package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that may have 256 files open, and people who open more. */
class FewFilesIT {
    private static final int FILES = 256;
    private static final int SUCCESS = 52;
    private static final int OF_A_CHANNEL = 60;

    private final GatewayProcess gateway =
            new GatewayProcess("limits.unauthenticatedPerSource: 100").withOpenFiles(FILES);
    private final Source source = Source.script("echo built; echo app > app").also("artifacts: {paths: [app]}\n");
    private final List<AutoCloseable> open = new ArrayList<>();
    private long build;

    @BeforeEach
    void aGatewayWithABuild() throws Exception {
        gateway.prepare().start().projects("web");
        build = gateway.admin().submit("web", source);
        gateway.admin().ended(build);
    }

    @AfterEach
    void end() throws Exception {
        letGo();
        gateway.close();
    }

    @Test
    void filesThatSomebodyReadsAtOnceMakeProblemsAndNoEnd() throws Exception {
        Path control = gateway.work().resolve("control");
        Running master =
                gateway.admin().with("-M", "-N", "-S", control.toString()).start("");
        open.add(master);
        Await.until("the connection that stays", () -> control.toFile().exists());
        Ssh inside = gateway.admin().with("-S", control.toString());
        int before = files();
        for (int channel = 0; channel < FILES / OF_A_CHANNEL + 1; channel++) {
            RawSftp sftp = new RawSftp(inside);
            open.add(sftp);
            for (int i = 0; i < OF_A_CHANNEL; i++) {
                sftp.read("/builds/" + build + "/artifacts/app");
            }
        }
        Await.until("all files to be open", () -> files() >= FILES - 3);

        JsonNode refused = inside.run("submit web", source.tar()).problem(503);
        assertEquals("too-many-files", refused.path("type").asText(), refused::toString);
        assertTrue(refused.path("retryAfter").asInt() > 0, refused::toString);

        letGo();
        Await.until("the files to be closed", () -> files() <= before + 2);
        recovered();
    }

    @Test
    void moreConnectionsThanFilesAreRefusedAndThoseInsideAreServed() throws Exception {
        int before = files();
        List<Path> keys = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            keys.add(gateway.user("user" + i, "builder:web").key());
        }
        Path control = gateway.work().resolve("control");
        open.add(gateway.admin().with("-M", "-N", "-S", control.toString()).start(""));
        Await.until("the connection that stays", () -> control.toFile().exists());
        int inside = 0;
        for (int i = 0; i < FILES; i++) {
            RawSsh raw = new RawSsh(gateway.port(), "127.0.0.1");
            open.add(raw);
            try {
                raw.exchange().service("ssh-userauth");
                inside += raw.login("me", keys.get(i % keys.size())).orElseThrow()[0] == SUCCESS ? 1 : 0;
            } catch (IOException | NoSuchElementException e) {
                // One of those that are not admitted.
            }
        }

        assertEquals(FILES / 2 - 1, inside);
        long build = gateway.admin().with("-S", control.toString()).submit("web", source);
        assertEquals(
                "succeeded",
                gateway.admin()
                        .with("-S", control.toString())
                        .ended(build)
                        .path("state")
                        .asText());
        assertTrue(gateway.log().contains("limit reached limit=open files"));
        assertTrue(gateway.log().contains("only 256 files may be open, so there are at most 128 connections"));

        letGo();
        Await.until("the connections to be closed", () -> files() <= before + 2);
        recovered();
    }

    private void recovered() throws Exception {
        assertTrue(gateway.process().alive());
        long next = gateway.admin().submit("web", source);
        assertEquals("succeeded", gateway.admin().ended(next).path("state").asText());
        assertTrue(gateway.admin().run("log " + next).ok().text().contains("built"));
        gateway.admin().run("PUT /projects/more", "{}").ok();
    }

    private int files() {
        return new File("/proc/" + gateway.process().pid() + "/fd").list().length;
    }

    private void letGo() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        open.clear();
    }
}
