package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A dashboard of much that goes on, and one that nobody reads. */
class DashboardLoadIT {
    private static final int BUILDS = 100;

    /** Of OpenSSH's client, for a terminal. */
    private static final long WINDOW = 1 << 20;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: " + BUILDS, "dashboard.frame: 1ms");

    @BeforeAll
    static void prepare() throws Exception {
        Program.need("tmux");
        gateway.projects("web");
    }

    @AfterEach
    void nothingRuns() throws Exception {
        for (JsonNode build :
                gateway.admin().run("ls state=running limit=1000").ok().items()) {
            gateway.admin().run("cancel " + build.path("id").asText());
        }
        Await.until(
                "the end of all",
                () -> gateway.admin().run("ls state=running").ok().items().isEmpty());
    }

    @Test
    void aHundredBuildsThatRunAreShownAndKeysAreAnswered() throws Exception {
        long last = 0;
        for (int i = 0; i < BUILDS; i++) {
            last = gateway.admin().submit("web", Source.script("for i in $(seq 600); do echo tick $i; sleep 1; done"));
        }
        try (Tmux terminal = Tmux.run(
                gateway.work().resolve("tmux"),
                gateway.admin().with("-t").program(""),
                120,
                40,
                "TERM=xterm-256color")) {
            terminal.await("RUNNING " + BUILDS, BUILDS + " of " + BUILDS + " places taken");
            terminal.press("End").await("● " + last);
            terminal.press("Enter").await("build " + last + " of web", "build · running", "tick");
            terminal.press("q").await("RUNNING " + BUILDS);
            terminal.press("q").await("ended with 0");
        }
    }

    @Test
    void aTerminalThatIsNotReadHoldsUpNobody() throws Exception {
        Ssh other = gateway.user("deaf", "viewer:web");
        long build = gateway.admin()
                .submit(
                        "web",
                        Source.script("while :; do head -c 20000 /dev/urandom | base64 -w 76; sleep 0.01; done"));
        String command = String.join(
                " ",
                other.with("-tt").program("").words().stream()
                        .map(word -> "'" + word + "'")
                        .toList());
        try (Running deaf = Program.of("bash", "-c", "exec " + command + " > >(exec sleep 600)")
                .start()) {
            Await.until("more than a window of pictures, and then none", () -> {
                deaf.in().write("\r".getBytes(StandardCharsets.UTF_8)); // opens the build, then its log
                deaf.in().flush();
                long sent = sent("deaf");
                Thread.sleep(300);
                return sent > WINDOW && sent("deaf") == sent;
            });
            try (Tmux terminal = Tmux.run(
                    gateway.work().resolve("tmux"),
                    gateway.admin().with("-t").program(""),
                    80,
                    24,
                    "TERM=xterm-256color")) {
                terminal.await("● " + build).press("Enter").await("build " + build + " of web", "build · running");
            }
            assertTrue(deaf.alive());
        }
        Await.until("its end", () -> sent("deaf") == 0);
        assertFalse(gateway.log().contains(" ERROR "), gateway.log());
        assertEquals("running", gateway.admin().build(build).path("state").asText());
    }

    private static long sent(String identity) throws Exception {
        for (JsonNode connection : gateway.admin().run("GET /connections").ok().items()) {
            if (connection.path("identity").asText().equals(identity)) {
                return connection.path("bytesOut").asLong();
            }
        }
        return 0;
    }
}
