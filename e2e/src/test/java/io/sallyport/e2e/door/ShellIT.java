package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A shell into a job, failed jobs that are kept for it, and connections to declared ports. */
@Timeout(180)
class ShellIT {
    /** OpenSSH's own, and so nobody else's. */
    private static final int NO_CONNECTION = 255;

    @RegisterExtension
    static final GatewayProcess gateway =
            new GatewayProcess("builds.sandbox: required", "builds.atOnce: 4", "shell.longestKeep: 30m");

    private static Ssh ann;
    private static Ssh mia;

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web", "other");
        ann = gateway.user("ann", "builder:web");
        mia = gateway.user("mia", "maintainer:web");
    }

    /** A job that goes on until there is a file {@code end} in its workspace. */
    private static Source running(String marker) {
        return Source.script("echo ready; until test -e end; do sleep 0.1; done; echo " + marker);
    }

    private static long begun(Ssh who, Source source) throws Exception {
        long id = who.submit("web", source);
        Await.until("the job's first output", () -> who.run("log " + id).text().contains("\nready\n"));
        return id;
    }

    private static Outcome shell(Ssh who, long build, String commands) throws Exception {
        return who.run("builds/" + build + "/build/shell", commands);
    }

    private static String end(long build) throws Exception {
        int exit = shell(ann, build, "touch end").exit();
        assertTrue(exit == 0 || exit == 137, () -> "the shell ended with " + exit); // the job may be quicker than it
        return ann.ended(build).path("state").asText();
    }

    @Test
    void commandsArePipedIntoARunningJob() throws Exception {
        long id = begun(ann, running("over").file("a.txt", "from the source\n"));

        Outcome outcome = shell(ann, id, "cat a.txt; echo $CI_PROJECT_NAME; echo oh >&2; exit 7")
                .exits(7);

        assertEquals("from the source\nweb\n", outcome.text());
        assertTrue(outcome.errors().contains("job 'build' of build " + id + " of web; you are ann."), outcome::errors);
        assertTrue(outcome.errors().endsWith("\noh\n"), outcome::errors);
        shell(ann, id, "exit 255").exits(254);
        assertEquals("42\n", ann.run("shell " + id + " build", "echo 42").ok().text());
        assertEquals("succeeded", end(id));
        String log = ann.run("log " + id).ok().text();
        assertTrue(log.contains("NOTICE: a shell is opened by ann\n"), log);
        JsonNode job = ann.build(id).path("jobs").get(0);
        assertEquals("[\"ann\"]", job.path("debuggedBy").toString());
        String payload = ann.run("GET /builds/" + id + "/provenance")
                .ok()
                .json()
                .path("payload")
                .asText();
        String statement = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
        assertTrue(statement.contains("\"debuggedBy\":[\"ann\"]"), statement);
        JsonNode gone = shell(ann, id, "").problem(410);
        assertTrue(gone.path("detail").asText().contains("keep-failed=10m"), gone::toString);
    }

    @Test
    void aTerminalIsOneWithItsSizeAndItsKeys() throws Exception {
        long id = begun(ann, running("over"));
        try (Tmux terminal = Tmux.run(
                gateway.work().resolve("tmux"), ann.with("-t").program("builds/" + id + "/build/shell"), 100, 30)) {
            terminal.await("you are ann.", "$");
            terminal.type("stty size; tty; echo $TERM").press("Enter").await("30 100", "/dev/pts/");
            terminal.resize(90, 25);
            terminal.type("until test \"$(stty size)\" = '25 90'; do sleep 0.1; done; echo fol''lows")
                    .press("Enter")
                    .await("follows");
            terminal.type("sh -c 'echo as\"\"leep; exec sleep 4911'")
                    .press("Enter")
                    .await("asleep");
            terminal.press("C-c");
            terminal.type("echo aw''ake").press("Enter").await("awake");
            terminal.type("exit 9").press("Enter").await("ended with 9");
        }
        assertEquals("succeeded", end(id));
    }

    @Test
    void whoLosesTheConnectionLeavesNoProcessBehind() throws Exception {
        long id = begun(ann, running("over"));
        Survivors survivors = new Survivors();
        try (Running session = ann.start("builds/" + id + "/build/shell")) {
            session.in().write((survivors.script() + "\n").getBytes(StandardCharsets.UTF_8));
            session.in().flush();
            Await.until("its processes", () -> survivors.count() == Survivors.ALL);
            session.kill();
        }
        Await.until("the end of its processes", () -> survivors.count() == 0);
        assertEquals("succeeded", end(id));
    }

    @Test
    void aFailedJobIsKeptAndItsBuildIsOver() throws Exception {
        long id = ann.submit("web", Source.script("echo made > left; exit 3"), "keep-failed=10m");
        JsonNode build = ann.ended(id);

        assertEquals("failed", build.path("state").asText());
        assertTrue(build.path("jobs").get(0).has("keptUntil"), build::toString);
        String log = ann.run("log " + id).text();
        assertTrue(log.contains("job build is kept for 10 min: ssh -t … builds/" + id + "/build/shell\n"), log);
        Outcome outcome = shell(ann, id, "cat left").ok();
        assertEquals("made\n", outcome.text());
        assertTrue(outcome.errors().contains("kept until 20"), outcome::errors);
        ann.run("DELETE /builds/" + id + "/build/kept").ok();
        shell(ann, id, "").problem(410);
        ann.run("DELETE /builds/" + id + "/build/kept").problem(404);
        assertFalse(ann.build(id).path("jobs").get(0).has("keptUntil"));
        long again = ann.run("retry " + id + " keep-failed=true")
                .ok()
                .json()
                .path("id")
                .asLong();
        ann.ended(again);
        assertEquals("made\n", shell(ann, again, "cat left").ok().text());
        ann.run("submit web keep-failed=forever", Source.script("true").tar()).problem(400);
    }

    @Test
    void itIsOnRecord() throws Exception {
        long id = begun(ann, running("over"));
        shell(ann, id, "exit 0").ok();

        String audit = gateway.user("aud", "auditor").run("GET /audit").ok().text();
        assertTrue(audit.contains("\"debug-build\"") || audit.contains("debug-own-build"), audit);
        assertTrue(audit.contains("POST /builds/" + id + "/build/shell"), audit);
        String events = ann.run("GET /events type=shell.*").ok().text();
        assertTrue(events.contains("\"shell.opened\"") && events.contains("\"shell.closed\""), events);
        assertEquals("succeeded", end(id));
    }

    @Test
    void onlyWhoMayIsLetIn() throws Exception {
        Ssh viewer = gateway.user("viola", "viewer:web");
        Ssh ben = gateway.user("ben", "builder:web");
        Ssh stranger = gateway.user("sue", "maintainer:other");
        long id = begun(ann, running("over"));

        shell(viewer, id, "").problem(403);
        shell(ben, id, "").problem(403);
        shell(mia, id, "exit 0").ok();
        assertEquals(
                stranger.run("builds/999999/build/shell")
                        .problem(404)
                        .toString()
                        .replace("999999", "N"),
                stranger.run("builds/" + id + "/build/shell")
                        .problem(404)
                        .toString()
                        .replace("" + id, "N"));
        assertEquals("succeeded", end(id));
    }

    @Test
    void aTrustedBuildIsForThoseWhoMaySubmitSuchOnes() throws Exception {
        gateway.admin()
                .run("PUT /projects/web", "{\"protectedRefs\":[\"release\"]}")
                .ok();
        gateway.admin()
                .run("PUT /identities/mia", "{\"grants\":[{\"role\":\"maintainer\",\"project\":\"web\"}]}")
                .ok();
        mia.run("PUT /projects/web/secrets/TOKEN protected=true", "s3cret-value")
                .ok();
        long id = mia.submit("web", running("over"), "ref=release");
        Await.until("the job's first output", () -> mia.run("log " + id).text().contains("\nready\n"));

        shell(ann, id, "echo $TOKEN").problem(403);
        assertEquals(
                "s3cret-value\n", shell(mia, id, "echo $TOKEN; touch end").ok().text());
        assertEquals("succeeded", mia.ended(id).path("state").asText());
        long plain = begun(ann, running("over"));
        assertEquals("none\n", shell(ann, plain, "echo ${TOKEN-none}").ok().text());
        assertEquals("succeeded", end(plain));
    }

    @Test
    void jobsThatHaveNotBegunSaySo() throws Exception {
        long id = ann.submit("web", Source.spec("""
                stages: [one, two]
                first: {stage: one, script: [until test -e end; do sleep 0.1; done]}
                second: {stage: two, script: [echo never]}
                """));

        JsonNode waiting = ann.run("builds/" + id + "/second/shell").problem(409);
        assertTrue(waiting.path("detail").asText().contains("has not begun: it is queued"), waiting::toString);
        JsonNode none = ann.run("builds/" + id + "/secnd/shell").problem(404);
        assertTrue(none.path("detail").asText().contains("did you mean 'second'?"), none::toString);
        ann.run("cancel " + id).ok();
    }

    @Test
    void aRightThatIsTakenAwayEndsTheShell() throws Exception {
        Ssh tim = gateway.user("tim", "builder:web");
        long id = begun(tim, running("over"));
        try (Running session = tim.start("builds/" + id + "/build/shell")) {
            session.in().write("echo in\n".getBytes(StandardCharsets.UTF_8));
            session.in().flush();
            session.out().await("in\n");
            gateway.admin()
                    .run("PUT /identities/tim", "{\"grants\":[{\"role\":\"viewer\",\"project\":\"web\"}]}")
                    .ok();

            Outcome ended = session.end().exits(137);
            assertTrue(ended.errors().contains("you may not be here any more"), ended::errors);
        }
        gateway.admin().run("cancel " + id).ok();
    }

    /** A port of the machine that nobody listens on. */
    private static int free() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Outcome fetched(int port) throws Exception {
        return Program.shell("curl -s --max-time 10 --noproxy '*' http://127.0.0.1:" + port + "/hello.txt")
                .run();
    }

    @Test
    void aDeclaredPortIsReachedAndNoOther() throws Exception {
        long id = ann.submit("web", Source.spec("""
                serve:
                  ports: 8080
                  script:
                    - busybox httpd -f -p 127.0.0.1:8080 & busybox httpd -f -p 127.0.0.1:8081 &
                    - until busybox wget -q -O /dev/null http://127.0.0.1:8080/hello.txt; do sleep 0.1; done
                    - echo ready
                    - until test -e end; do sleep 0.1; done
                """).file("hello.txt", "hello over ssh\n"));
        Await.until("the server", () -> ann.run("log " + id).text().contains("\nready\n"));
        int open = free();
        int shut = free();
        int elsewhere = free();
        int loopback = free();
        try (Running forwarding = ann.with(
                        "-L",
                        open + ":" + id + ".serve:8080",
                        "-L",
                        shut + ":" + id + ".serve:8081",
                        "-L",
                        elsewhere + ":localhost:22",
                        "-L",
                        loopback + ":127.0.0.1:22",
                        "-o",
                        "LogLevel=INFO",
                        "-v",
                        "-N")
                .start("")) {
            Await.until("the connection", () -> fetched(open).text().equals("hello over ssh\n"));
            assertEquals("hello over ssh\n", fetched(open).text());
            assertEquals("", fetched(shut).text());
            assertEquals("", fetched(elsewhere).text());
            assertEquals("", fetched(loopback).text());
            String others = "prohibited: only ports that a job declares can be reached, as ID.JOB:PORT: ";
            Await.until("both to be refused", () -> forwarding.err().text().split(others, -1).length - 1 == 2);
            forwarding.err().await("declares no port 8081: its spec has 8080");
        }
        String audit =
                gateway.user("listener", "auditor").run("GET /audit").ok().text();
        assertTrue(audit.contains("POST /hosts/localhost/ports/22"), audit);
        Outcome piped = ann.run("builds/" + id + "/serve/ports/8080", "GET /hello.txt HTTP/1.0\r\n\r\n");
        assertTrue(piped.text().endsWith("hello over ssh\n"), piped::text);
        ann.run("builds/" + id + "/serve/shell", "touch end").ok();
        ann.ended(id);
        String log = ann.run("log " + id).text();
        assertTrue(log.contains("NOTICE: port 8080 is used by ann\n"), log);
    }

    @Test
    void connectionsOfStrangersAreRefusedAlike() throws Exception {
        Ssh stranger = gateway.user("eve", "maintainer:other");
        long id = begun(
                ann,
                Source.spec(
                        "build: {ports: [8080], script: [\"echo ready; until test -e end; do sleep 0.1; done\"]}\n"));

        List<String> words = List.of(refused(stranger, id), refused(stranger, 999_999));

        assertEquals(words.get(0).replace("" + id, "N"), words.get(1).replace("999999", "N"));
        assertEquals("succeeded", end(id));
    }

    private static String refused(Ssh who, long build) throws Exception {
        Outcome outcome = who.with("-W", build + ".build:8080", "-o", "LogLevel=INFO")
                .run("")
                .exits(NO_CONNECTION);
        return outcome.errorLines().stream()
                .filter(line -> line.contains("open failed"))
                .findFirst()
                .orElseThrow();
    }
}
