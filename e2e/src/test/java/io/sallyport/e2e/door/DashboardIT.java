package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code ssh -t HOST} shows, in a real terminal. */
class DashboardIT {
    private static final String[] TERMINAL = {"TERM=xterm-256color"};

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 2", "dashboard.refresh: 100ms");

    private static int terminals;

    @BeforeAll
    static void prepare() throws Exception {
        Program.need("tmux");
        gateway.projects("web", "api");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (String state : List.of("queued", "running")) {
            for (JsonNode build : gateway.admin().run("ls state=" + state).ok().items()) {
                gateway.admin().run("cancel " + build.path("id").asText());
                gateway.admin().ended(build.path("id").asLong());
            }
        }
    }

    private static Tmux open(Ssh who, int columns, int lines) throws IOException, InterruptedException {
        return open(who, "", columns, lines, TERMINAL);
    }

    private static Tmux open(Ssh who, String request, int columns, int lines, String... environment)
            throws IOException, InterruptedException {
        return Tmux.run(
                gateway.work().resolve("tmux-" + ++terminals),
                who.with("-t").program(request),
                columns,
                lines,
                environment);
    }

    @Test
    void theOverviewMovesWithWhatHappensAndLeavesTheTerminalAsItWas() throws Exception {
        Signal go = gateway.signal();
        try (Tmux terminal = open(gateway.admin(), 80, 24)) {
            terminal.await("Sallyport overview", "RUNNING 0", "0 of 2 places taken", "q quit");
            assertEquals("1", terminal.fact("alternate_on"));
            assertEquals("0", terminal.fact("cursor_flag"));

            long build = gateway.admin().submit("web", Source.script(go.awaited() + "; exit 4"), "ref=main");
            terminal.await("RUNNING 1", "1 of 2 places taken", "● " + build + " ", "web", "main", "root");
            go.give();
            terminal.await("RUNNING 0", "✗ " + build + " ", "failed", "job bui");

            terminal.resize(40, 10).await("Sallyport overview", "q quit");
            terminal.resize(200, 50).await("the script ended with 4");
            assertEquals(49, terminal.shown().stripTrailing().lines().count() - 1, "the last line is that of the keys");

            terminal.press("q");
            terminal.await("before\n", "ended with 0");
            assertEquals("0", terminal.fact("alternate_on"));
            assertEquals("1", terminal.fact("cursor_flag"));
        }
    }

    @Test
    void theColoursAreThoseThatTheTerminalHas() throws Exception {
        try (Tmux terminal = open(gateway.admin(), "", 80, 24, "TERM=xterm")) {
            terminal.await("RUNNING");
            assertTrue(terminal.coloured().contains("\u001b[36m"), terminal.coloured());
        }
        Ssh saying = gateway.admin().with("-o", "SendEnv=NO_COLOR");
        try (Tmux terminal = open(saying, "", 80, 24, "TERM=xterm", "NO_COLOR=1")) {
            terminal.await("RUNNING");
            assertFalse(terminal.coloured().contains("\u001b[36m"), terminal.coloured());
        }
        try (Tmux terminal = open(gateway.admin(), "dashboard colours=none", 80, 24, TERMINAL)) {
            terminal.await("RUNNING");
            assertFalse(terminal.coloured().contains("\u001b[36m"), terminal.coloured());
        }
    }

    @Test
    void aConnectionThatIsKilledLeavesNothingBehind() throws Exception {
        try (Tmux terminal = open(gateway.admin(), 80, 24)) {
            terminal.await("RUNNING");
            Await.until("one connection with a dashboard", () -> channels() == 1);
            Program.of("pkill", "-KILL", "-P", terminal.fact("pane_pid"), "ssh").run();
            Await.until("none", () -> channels() == 0);
        }
        assertFalse(gateway.log().contains(" ERROR "), gateway.log());
    }

    @Test
    void aBuildIsAGraphAndALogThatIsFollowedAndSearched() throws Exception {
        Signal go = gateway.signal();
        long build = gateway.admin().submit("web", Source.spec("""
                                stages: [build, test]
                                compile:
                                  stage: build
                                  script: [seq 1 500]
                                unit:
                                  stage: test
                                  script:
                                    - echo begun
                                    - %s
                                    - echo 'assertion failed' >&2
                                    - exit 4
                                lint:
                                  stage: test
                                  script: ["true"]
                                """.formatted(go.awaited())));
        try (Tmux terminal = open(gateway.admin(), 100, 24)) {
            terminal.await("RUNNING 1", "unit");
            terminal.press("Enter").await("build " + build + " of web", "✓ compile", "─┬─ ● unit", "└─ ✓ lint");
            terminal.press("Right").await("unit · running", "begun");
            terminal.press("Enter").await("log of unit", "● running · following", "begun");
            go.give();
            terminal.await("✗ failed", "!assertion failed", "job unit failed: the script ended with 4");
            terminal.press("Escape").await("─┬─ ✗ unit");

            terminal.press("l").await("of web, log", "build " + build + " failed");
            terminal.press("Home").await("at byte 0", "job compile on process");
            terminal.press("/").await("look for:").type("499").press("Enter").await("▸compile       499");
            terminal.press("f").await("▸unit          job unit failed");
            terminal.press("End").await("build " + build + " failed");
            terminal.press("q").await("─┬─ ✗ unit");
            terminal.press("q").await("Sallyport overview");
            terminal.press("q").await("ended with 0");
        }
    }

    /** A log, a reason and a name of a job that attack who reads them: the terminal does not even notice. */
    @Test
    void whatAttacksTheTerminalDoesNotReachIt() throws Exception {
        String attack = "\\033]0;pwned\\007\\033[2J\\033[?1049l\\033[?25h\\033[6n\\033[c\\033P+q544e\\033\\\\"
                + "\\302\\2330c\\033c\\342\\200\\256\\r\\b\\b\\016\\033(0\\033#8\\377\\376";
        long build = gateway.admin()
                .submit("web", Source.script("printf 'safe-1%s safe-2\\n' \"$(printf '" + attack + "')\"\nsleep 600"));
        try (Tmux terminal = open(gateway.admin(), 100, 24)) {
            String title = terminal.fact("pane_title");
            terminal.await("RUNNING 1");
            terminal.press("Enter").await("Sallyport build " + build, "safe-1", "safe-2");
            terminal.press("Enter").await("log of build", "safe-1", "safe-2");
            assertEquals("1", terminal.fact("alternate_on"));
            assertEquals("0", terminal.fact("cursor_flag"));
            assertEquals(title, terminal.fact("pane_title"));
            gateway.admin()
                    .run("cancel " + build + " reason='\u001b]0;pwned\u0007'")
                    .problem(400);
            gateway.admin()
                    .run("cancel " + build + " reason='why\u202e\u2066 not\u200f'")
                    .ok();
            terminal.press("q", "q").await("Sallyport overview", "canceled", "why");
            assertEquals(title, terminal.fact("pane_title"));
            assertTrue(terminal.shown().startsWith(" Sallyport overview"), terminal.shown());
        }
    }

    @Test
    void whatMayBeDoneIsDone() throws Exception {
        long running = gateway.admin().submit("api", Source.script("sleep 600"));
        try (Tmux terminal = open(gateway.user("maintainer", "maintainer:api"), 120, 24)) {
            terminal.await("● " + running + " ", "c cancel");
            terminal.press("c")
                    .await("cancel build " + running + "; why?")
                    .type("too slow")
                    .press("Enter");
            terminal.await("build " + running + " is canceled", "⊘ " + running, "too slow");
            assertEquals(
                    "maintainer",
                    gateway.admin().ended(running).path("canceledBy").asText());
            terminal.press("r").await("retry build " + running).press("Escape").awaitWithout("retry build");
            terminal.press("r").await("retry build " + running).press("a").await("retried as build");
            long retried = running + 1;
            terminal.await("● " + retried + " ")
                    .press("Home", "c")
                    .await("why?")
                    .press("Enter");
            assertEquals(
                    "canceled", gateway.admin().ended(retried).path("state").asText());
        }
        long manual = gateway.admin()
                .submit(
                        "api",
                        Source.spec("ship:\n  script: [echo shipped]\n  when: manual\n  allow_failure: false\n"));
        try (Tmux terminal = open(gateway.admin(), 120, 24)) {
            terminal.await("● " + manual + " ")
                    .press("Enter")
                    .await("▶ ship")
                    .press("s")
                    .await("start job ship");
            terminal.press("y").await("is started", "shipped", "✓ succeeded");
        }
    }

    @Test
    void whatMayNotBeDoneIsRefusedAndWhatMayNotBeSeenIsNotThere() throws Exception {
        long seen = gateway.admin().submit("web", Source.script("sleep 600"));
        long hidden = gateway.admin().submit("api", Source.script("sleep 600"));
        try (Tmux terminal = open(gateway.user("onlooker", "viewer:web"), 120, 24)) {
            String shown = terminal.await("● " + seen + " ", "RUNNING 1").shown();
            assertFalse(shown.contains("api") || shown.contains("c cancel"), shown);
            terminal.press("c").await("why?").press("Enter").await("this needs");
            terminal.press("q").await("ended with 0");
        } finally {
            gateway.admin().run("cancel " + seen).ok();
            gateway.admin().run("cancel " + hidden).ok();
        }
    }

    @Test
    void aShellInAJobHasTheTerminalUntilItEnds() throws Exception {
        Signal go = gateway.signal();
        long build = gateway.admin().submit("web", Source.script("echo begun\n" + go.awaited()));
        try (Tmux terminal = open(gateway.admin(), 120, 24)) {
            terminal.await("RUNNING 1").press("Enter").await("! shell", "begun");
            terminal.press("!").await("job 'build' of build " + build + " of web; you are root.");
            assertEquals("0", terminal.fact("alternate_on"));
            assertEquals("1", terminal.fact("cursor_flag"));
            terminal.resize(90, 20);
            terminal.type("stty size; echo $((40 + 2))").press("Enter").await("20 90", "\n42");
            terminal.type("exit 3").press("Enter");
            terminal.await("the shell in build of build " + build + " has ended with 3", "● running");
            assertEquals("1", terminal.fact("alternate_on"));
            assertEquals("0", terminal.fact("cursor_flag"));
            terminal.resize(100, 24).press("!");
            // What the first shell has left behind is there again at once; the second one is there when it answers.
            Await.until(
                    "the shell's screen", () -> terminal.fact("alternate_on").equals("0"));
            terminal.type("echo $((50 + 3))").press("Enter").await("\n53");
            terminal.type("sleep 600").press("Enter");
            go.give();
            terminal.await("has ended with 137", "✓ succeeded");
            terminal.press("!").await("is over");
            terminal.press("q", "q").await("ended with 0");
            assertEquals("0", terminal.fact("alternate_on"));
        }
    }

    @Test
    void whoComesWhileNoBuildsAreTakenIsTold() throws Exception {
        try (Tmux early = open(gateway.admin(), 80, 24);
                Tmux lines = open(gateway.admin(), "", 100, 50, "TERM=dumb")) {
            early.await("RUNNING 0");
            lines.await("\n>");
            gateway.admin().run("PUT /drain message='a new disk'").ok();
            try (Tmux late = open(gateway.admin(), 80, 24)) {
                late.await("no new builds are taken: a new disk");
                early.await("no new builds are taken: a new disk");
                lines.await("no new builds are taken: a new disk");
            } finally {
                gateway.admin().run("DELETE /drain").ok();
            }
            early.awaitWithout("no new builds are taken");
            lines.await("builds are taken again");
        }
    }

    @Test
    void whatNeedsAChannelOfItsOwnIsRefusedInLinesOfText() throws Exception {
        long build = gateway.admin().submit("web", Source.script("echo begun; sleep 600"));
        Await.until(
                "the job's first output",
                () -> gateway.admin().run("log " + build).text().contains("\nbegun\n"));
        try (Tmux lines = open(gateway.admin(), "", 100, 50, "TERM=dumb")) {
            lines.await("\n>").type("shell " + build + " build").press("Enter").await("ssh -t");
        }
        assertFalse(gateway.log().contains(" ERROR "), gateway.log());
    }

    private static long channels() throws Exception {
        long open = 0;
        for (var connection :
                gateway.admin().run("GET /connections").ok().json().path("items")) {
            open += connection.path("client").asText().contains("OpenSSH")
                    ? connection.path("channels").asInt()
                    : 0;
        }
        return open - 1; // the one that asks
    }

    @Test
    void whoeverIsSentAwayHasTheirTerminalBack() throws Exception {
        Ssh other = gateway.user("sent-away", "viewer:web");
        try (Tmux terminal = open(other, 80, 24)) {
            terminal.await("RUNNING", "sent-away");
            var all = gateway.admin().run("GET /connections").ok().json().path("items");
            for (var connection : all) {
                if (connection.path("identity").asText().equals("sent-away")) {
                    gateway.admin()
                            .run("DELETE /connections/" + connection.path("id").asText() + " reason=enough")
                            .ok();
                }
            }
            terminal.await("before\n", "ended with 255");
            assertEquals("0", terminal.fact("alternate_on"));
            assertEquals("1", terminal.fact("cursor_flag"));
        }
    }

    @Test
    void aGatewayThatGoesDownSaysSoAndLeavesTheTerminalAsItWas() throws Exception {
        try (GatewayProcess other = new GatewayProcess()) {
            other.prepare().start();
            try (Tmux terminal = open(other.admin(), 80, 24)) {
                terminal.await("Sallyport overview", "RUNNING 0");
                other.stop();
                terminal.await("before\n", "The gateway is going down.", "ended with 69");
                assertEquals("0", terminal.fact("alternate_on"));
            }
        }
    }

    @Test
    void oneTooManyIsRefusedAndOneThatNobodyTouchesEnds() throws Exception {
        try (GatewayProcess other = new GatewayProcess("dashboard.atOnce: 1", "dashboard.idle: 5s")) {
            other.prepare().start();
            Ssh somebody = other.user("somebody");
            try (Tmux first = open(other.admin(), 80, 24)) {
                first.await("RUNNING 0");
                try (Tmux second = open(somebody, 80, 24)) {
                    second.await("as many dashboards are open as there may be, 1 (dashboard", "ended with 75");
                }
                first.await("ended with 0", "Nobody has pressed a key", "before\n");
            }
            JsonNode reached = other.admin().run("GET /").ok().json().path("limitsReached");
            assertEquals(1, reached.path("too-many-dashboards").asInt(), reached::toString);
        }
    }

    @Test
    void linesOfTextTellWhatHappensAndTakeRequests() throws Exception {
        Signal go = gateway.signal();
        try (Tmux terminal = open(gateway.admin(), "", 100, 50, "TERM=dumb")) {
            terminal.await("Sallyport, in lines of text", "0 builds running", "\n>");
            assertEquals("0", terminal.fact("alternate_on"));
            long build = gateway.admin().submit("web", Source.script("echo begun\n" + go.awaited() + "; exit 4"));
            terminal.await("build " + build + " of web queued by root", "build " + build + " of web started");
            terminal.type("log " + build + " -f").press("Enter").await("> log " + build + " -f", "\nbegun");
            terminal.press("C-c");
            Await.until("a prompt", () -> terminal.shown().stripTrailing().endsWith("\n>"));
            terminal.type("lgo").press("Enter").await("did you mean 'log'?");
            terminal.type("ovev").press("BSpace").type("rview").press("Enter").await("1 build running", "now build");
            terminal.type("half a li");
            go.give();
            gateway.admin().ended(build);
            terminal.press("C-u")
                    .type("whoami")
                    .press("Enter")
                    .await("identity", "build " + build + " of web failed: job build");
            terminal.press("C-d").await("ended with 0");
        }
        try (Tmux terminal = open(gateway.admin(), "dashboard text=true", 100, 50, TERMINAL)) {
            terminal.await("Sallyport, in lines of text")
                    .type("quit")
                    .press("Enter")
                    .await("ended with 0");
        }
    }

    /** A client may show standard error after what was sent later on standard output: the prompt would stand before the answer. */
    @Test
    void inLinesOfTextAllIsOneStreamAndThePromptComesLast() throws Exception {
        try (Running lines =
                gateway.admin().with("-tt").program("dashboard text=true").start()) {
            Await.until("a prompt", () -> lines.out().text().endsWith("\n> "));
            for (String request : List.of("lgo", "show 999999")) {
                lines.in().write((request + "\r").getBytes(StandardCharsets.UTF_8));
                lines.in().flush();
                Await.until(
                        "the answer and a prompt after it",
                        () -> lines.out().text().matches("(?s).*\n> " + request + "\r\nerror: [^>]*\n> "));
            }
            Outcome said = lines.give("quit\r".getBytes(StandardCharsets.UTF_8)).end();
            assertEquals(0, said.exit(), said::text);
            assertFalse(lines.err().text().contains("error:"), lines.err().text());
        }
    }

    @Test
    void withoutATerminalThereIsHelpAndNoDashboard() throws Exception {
        Outcome help = gateway.admin().program("").run();
        assertEquals(64, help.exit());
        assertTrue(help.text().startsWith("Sallyport: a build service"), help.text());
        String refused =
                gateway.admin().run("dashboard").problem(400).path("detail").asText();
        assertTrue(refused.contains("needs a terminal"), refused);
    }
}
