package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a dashboard costs, and what one costs that nobody reads. */
class DashboardLoadIT {
    private static final int BUILDS = 100;
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final int TICKS_A_SECOND = 100; // as proc(5) has it on Linux

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
    void itTakesLessThanFivePercentOfACoreWhileAHundredBuildsRun() throws Exception {
        for (int i = 0; i < BUILDS; i++) {
            gateway.admin().submit("web", Source.script("for i in $(seq 600); do echo tick $i; sleep 1; done"));
        }
        double with;
        try (Tmux terminal = Tmux.run(
                gateway.work().resolve("tmux"),
                gateway.admin().with("-t").program(""),
                120,
                40,
                "TERM=xterm-256color")) {
            terminal.await("RUNNING " + BUILDS, BUILDS + " of " + BUILDS + " places taken");
            measured(); // what is done for the first time takes longer
            with = measured();
            terminal.press("q").await("ended with 0");
        }
        double without = measured();
        assertTrue(with - without < 0.05, () -> "of a core: %.3f with it, %.3f without".formatted(with, without));
    }

    /** How much of a core the gateway uses. */
    private static double measured() throws Exception {
        long before = ticks();
        long start = System.nanoTime();
        Thread.sleep(MEASURED);
        double seconds = (System.nanoTime() - start) / 1e9;
        return (ticks() - before) / seconds / TICKS_A_SECOND;
    }

    private static long ticks() throws Exception {
        String stat = Files.readString(
                Path.of("/proc", Long.toString(gateway.process().pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
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
