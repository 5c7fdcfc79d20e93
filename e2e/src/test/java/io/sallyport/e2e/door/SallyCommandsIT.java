package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged client's commands, as a new user meets them. */
class SallyCommandsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static Sally sally;

    @BeforeAll
    static void projects() throws Exception {
        gateway.projects("web");
        sally = Sally.of(gateway.admin(), gateway.work());
    }

    @Test
    void aBuildFailsIsMendedAndGivesItsArtifact() throws Exception {
        sally.file(".sallyport.yml", "script:\n  - test -e fixed\n  - echo made > app\nartifacts:\n  paths: [app]\n");
        Outcome failed = sally.run("submit", "-f").exits(1);
        assertTrue(failed.errors().contains(" failed after "), failed.errors());
        String id = failed.errors().replaceFirst("(?s).*build (\\d+) \\(web\\) failed.*", "$1");
        assertTrue(sally.run("show", id).ok().text().contains("again: sally retry " + id + " --jobs failed\n"));

        sally.file("fixed", "");
        sally.run("submit", "-f").ok();
        String[] latest =
                sally.run("ls", "-n", "1").ok().text().lines().toList().get(1).split(" +");
        assertEquals("succeeded", latest[2]);
        Outcome got = sally.run("get", latest[0], "app").ok();

        assertTrue(got.errors().endsWith("/app, checked\n"), got.errors());
        assertEquals("made\n", Files.readString(sally.folder().resolve("app")));
        sally.run("retry", id, "--jobs", "failed", "-f").exits(1);
        assertEquals(75, sally.run("cancel", id).exit());
    }

    @Test
    void aProjectThatIsNotThereIsMadeByTheCommandThatIsSaid() throws Exception {
        sally.file(".sallyport.yml", "script: [\"true\"]\n");
        Outcome absent = sally.run("submit", "-P", "made-later", "-d").exits(66);
        String command = absent.errors().strip().replaceFirst("(?s).*make it with: echo '\\{}' \\| sally ", "");
        assertEquals("api PUT /projects/made-later", command);

        sally.run("{}".getBytes(StandardCharsets.UTF_8), command.split(" ")).ok();
        sally.run("submit", "-P", "made-later", "-d").ok();
        Outcome empty = sally.run(new byte[0], "secrets", "set", "EMPTY").exits(65);
        assertTrue(empty.errors().contains("such as sally secrets set EMPTY < FILE"), empty.errors());
    }

    @Test
    void jsonIsWhatTheGatewayGave() throws Exception {
        long build = gateway.admin().submit("web", Source.script("true"));
        gateway.admin().ended(build);

        String given = gateway.admin().run("show " + build).ok().text();
        assertEquals(
                given, sally.run("show", Long.toString(build), "--json").ok().text());
        assertTrue(
                Json.line(sally.run("ls", "--json").ok().text()).path("items").isArray());
        assertTrue(
                Json.line(sally.run("top", "--json").ok().text()).path("items").isArray());
        assertEquals(
                "build.ended",
                Json.lines(sally.run("events", "--json", "-t", "build.ended", "-n", "1")
                                .ok()
                                .text())
                        .getFirst()
                        .path("type")
                        .asText());
    }

    @Test
    void secretsGoInAndNeverComeOut() throws Exception {
        sally.run("a secret value\n".getBytes(StandardCharsets.UTF_8), "secrets", "set", "TOKEN", "--protected")
                .ok();
        String listed = sally.run("secrets").ok().text();
        assertTrue(listed.contains("TOKEN") && !listed.contains("a secret"), listed);
        sally.run("secrets", "rm", "TOKEN").ok();
        assertFalse(sally.run("secrets").ok().text().contains("TOKEN"));
    }

    @Test
    void errorsOfASpecAreToldBeforeItIsBuilt() throws Exception {
        Path bad = Files.writeString(sally.home().resolve("bad.yml"), "script: [\"true\"]\ntmeout: 1m\n");
        Outcome refused = sally.run("lint", bad.toString()).exits(65);
        assertTrue(refused.errors().startsWith("error: bad.yml:2:1: unknown key 'tmeout'"), refused.errors());
        assertEquals(66, sally.run("lint", "nowhere").exit());
        Path empty = Files.writeString(sally.home().resolve("empty.yml"), "");
        Outcome nothing = sally.run("lint", empty.toString()).exits(65);
        assertTrue(nothing.errors().startsWith("error: empty.yml:1:1: the spec is empty"), nothing.errors());
    }

    @Test
    void aFolderIsLintedWithWhatItsSpecIncludesByAGatewayAndWithoutOne() throws Exception {
        Sally checkout = Sally.of(gateway.admin(), gateway.work())
                .file(".gitlab-ci.yml", "include: ci/*.yml\na:\n  script: a\n  rules: [{exists: [data]}]\n")
                .file("ci/more.yml", "b: {script: b}\n")
                .file("data", "x".repeat(1 << 20));

        Outcome remote = checkout.run("lint", ".").ok();
        assertTrue(remote.text().startsWith(".gitlab-ci.yml: 2 jobs in 1 stage"), remote.text());
        Program local = checkout.program("lint", "--local", "--json");
        Outcome json = Program.of(
                        "env",
                        "SALLYPORT=" + GatewayProcess.repository().resolve("sallyport"),
                        "PATH=" + System.getenv("PATH"))
                .with(local.words().toArray(String[]::new))
                .in(checkout.folder())
                .run()
                .ok();
        assertEquals(2, Json.line(json.text()).path("jobs").size());

        checkout.file("ci/more.yml", "b: {scrpt: b}\n");
        Outcome wrong = Program.of(
                        "env", "SALLYPORT=" + GatewayProcess.repository().resolve("sallyport"))
                .with(local.words().toArray(String[]::new))
                .in(checkout.folder())
                .run()
                .exits(65);
        assertTrue(wrong.errors().contains("ci/more.yml:1:5: unknown key 'scrpt'"), wrong.errors());
        Outcome without = Program.of("env", "SALLYPORT=/nonexistent/sallyport")
                .with(local.words().toArray(String[]::new))
                .in(checkout.folder())
                .run()
                .exits(64);
        assertTrue(
                without.errors().startsWith("error: --local: there is no program '/nonexistent/sallyport': put it on"),
                without.errors());
    }

    @Test
    void atATerminalTheLinesOfSeveralJobsHaveTheirNames() throws Exception {
        Program.need("python3");
        Sally terminal = Sally.of(gateway.admin(), gateway.work())
                .file(".sallyport.yml", "one: {script: [echo from one]}\ntwo: {script: [echo from two; exit 3]}\n");
        Path script = Files.writeString(terminal.home().resolve("terminal.py"), TERMINAL);

        Outcome followed = Program.of("python3", script.toString(), "")
                .with(terminal.program("submit").words().toArray(String[]::new))
                .in(terminal.folder())
                .run()
                .exits(1);

        String shown = followed.text().replace("\r\n", "\n");
        assertTrue(shown.contains("\none | from one\n"), shown);
        assertTrue(shown.contains("\ntwo | from two\n"), shown);
        String id = shown.replaceFirst("(?s).*sally: build (\\d+) \\(web\\) queued.*", "$1");
        assertTrue(shown.contains("\nsally: build " + id + " (web) failed after "), shown);
        Outcome log = Program.of("python3", script.toString(), "")
                .with(terminal.program("log", id).words().toArray(String[]::new))
                .in(terminal.folder())
                .run()
                .ok();
        String people = gateway.admin().run("log " + id + " format=text").ok().text();
        assertEquals(people, log.text().replace("\r\n", "\n"));
    }

    @Test
    void loginGivesTheAgentACertificate() throws Exception {
        Program.need("ssh-agent");
        Program login = sally.program("login", "--valid", "30m");
        String words = String.join("' '", login.words());

        Outcome agent = Program.of("ssh-agent", "sh", "-ec", "'" + words + "'; ssh-add -l")
                .in(sally.folder())
                .run()
                .ok();

        assertTrue(agent.text().contains("(ED25519-CERT)"), agent.text());
        Outcome without = Program.of("env", "-u", "SSH_AUTH_SOCK")
                .with(login.words().toArray(String[]::new))
                .run();
        assertEquals(64, without.exit());
        assertTrue(without.errors().startsWith("error: no ssh agent: start one with"), without.errors());
    }

    @Test
    void wordsAreCompletedWithWhatThereIs() throws Exception {
        long build = gateway.admin().submit("web", Source.script("true"));

        assertTrue(sally.run("completion", "words", "--", "show", "")
                .ok()
                .text()
                .lines()
                .anyMatch(Long.toString(build)::equals));
        assertEquals(
                "web\n", sally.run("completion", "words", "--", "-P", "w").ok().text());
        String shell = "complete() { :; }; eval \"$('"
                + GatewayProcess.repository().resolve("sally") + "' completion bash)\"; type _sally";
        Program.of("bash", "-ec", shell).run().ok();
    }

    @Test
    void theArchiveIsAllThatIsNeeded() throws Exception {
        Path archive = Files.createDirectory(sally.home().resolve("installed"));
        Program.shell("tar xzf " + GatewayProcess.repository()
                        + "/client-cli/target/sally-*.tar.gz --strip-components=1")
                .in(archive)
                .run()
                .ok();

        Outcome version = Program.of(archive.resolve("bin/sally").toString(), "version")
                .run()
                .ok();
        assertTrue(version.text().startsWith("sally "), version.text());
        assertTrue(Files.exists(archive.resolve("share/man/man1/sally-submit.1")));
        String again = Program.of(archive.resolve("bin/sally").toString(), "help", "submit")
                .run()
                .ok()
                .text();
        assertTrue(again.contains("sally submit"), again);
    }

    @Test
    void whatIsSignedIsCheckedBeforeItIsFetched() throws Exception {
        long build = gateway.admin()
                .submit("web", Source.spec("script:\n  - echo made > signed\nartifacts:\n  paths: [signed]\n"));
        gateway.admin().ended(build);
        String id = Long.toString(build);

        Outcome got = sally.run("get", id, "signed", "--verify").ok();
        assertTrue(got.errors().startsWith("sally: Good \"sallyport-artifacts\" signature"), got.errors());
        Path other = Files.writeString(
                sally.home().resolve("signers"),
                "sallyport " + Files.readString(Path.of(gateway.key("stranger") + ".pub")));
        Outcome strange = sally.run("get", id, "signed", "-o", "not", "--signers", other.toString())
                .exits(65);
        assertTrue(
                strange.errors().startsWith("error: the signature of build " + id + " is not good"), strange.errors());
        assertFalse(Files.exists(sally.folder().resolve("not")));
    }

    @Test
    void theExampleOfTheLibraryBuilds() throws Exception {
        Path project = Files.createDirectory(sally.home().resolve("project"));
        Files.writeString(
                project.resolve(".sallyport.yml"), "script:\n  - echo made > out\nartifacts:\n  paths: [out]\n");
        Path into = sally.home().resolve("into");
        String line =
                ". ./bin/find-java.sh; find_java; exec \"$JAVA\" --enable-native-access=ALL-UNNAMED -cp 'client-cli/target/sally/lib/*'"
                        + " examples/library/BuildHere.java 127.0.0.1 " + gateway.port() + " web " + project + " "
                        + into;
        Outcome example = Program.of("env", "SALLY_SSH=" + sally.sshProgram(), "sh", "-c", line)
                .in(GatewayProcess.repository())
                .run()
                .ok();

        assertTrue(example.text().contains("build.ended succeeded\n"), example.text());
        assertEquals("made\n", Files.readString(into.resolve("out")));
    }

    @Test
    void ctrlCAsksWhatIsToBecomeOfTheBuild() throws Exception {
        Program.need("python3");
        assertEquals("canceled", stateAfter("c", "is being canceled"));
        assertEquals("running", stateAfter("\\x03", "follow it with"));
    }

    @Test
    void aTableIsNoWiderThanTheTerminalAndCtrlCLeavesALineOfItsOwn() throws Exception {
        Program.need("python3");
        Signal end = gateway.signal();
        Sally terminal = Sally.of(gateway.admin(), gateway.work());
        Path script = Files.writeString(terminal.home().resolve("terminal.py"), TERMINAL);
        long build = gateway.admin()
                .submit(
                        "web",
                        Source.spec("script:\n  - echo begun\n  - " + end.awaited() + "\n"),
                        "ref=" + "a-long-name-".repeat(8));

        Outcome listed = Program.of("env", "COLUMNS=60", "python3", script.toString(), "")
                .with(terminal.program("ls").words().toArray(String[]::new))
                .in(terminal.folder())
                .run()
                .ok();
        String shown = listed.text().replaceAll("\u001b\\[[0-9;]*m", "").replace("\r", "");
        assertTrue(shown.contains("  a-long"), shown);
        assertTrue(shown.contains("…"), shown);
        assertTrue(shown.lines().allMatch(line -> line.length() <= 60), shown);
        String piped = terminal.run("ls").ok().text();
        assertTrue(piped.contains("a-long-name-".repeat(8)), piped);

        Outcome pressed = Program.of("python3", script.toString(), "")
                .with(terminal.program("log", "-f", Long.toString(build))
                        .words()
                        .toArray(String[]::new))
                .in(terminal.folder())
                .run()
                .exits(130);
        assertTrue(pressed.text().endsWith("^C\r\n"), pressed.text());
        end.give();
    }

    /** The state of a build whose follower has pressed Ctrl-C at a terminal, and then a key. */
    private static String stateAfter(String key, String told) throws Exception {
        Signal end = gateway.signal();
        Sally terminal = Sally.of(gateway.admin(), gateway.work())
                .file(".sallyport.yml", "script:\n  - echo begun\n  - " + end.awaited() + "\n");
        Path script = Files.writeString(terminal.home().resolve("terminal.py"), TERMINAL);
        Outcome pressed = Program.of("python3", script.toString(), key)
                .with(terminal.program("submit").words().toArray(String[]::new))
                .in(terminal.folder())
                .run()
                .exits(130);
        assertTrue(pressed.text().contains(told), pressed.text());
        String id = pressed.text().replaceFirst("(?s).*sally: build (\\d+) goes on.*", "$1");
        String state = key.equals("c")
                ? gateway.admin().ended(Long.parseLong(id)).path("state").asText()
                : gateway.admin().build(Long.parseLong(id)).path("state").asText();
        end.give();
        return state;
    }

    /**
     * Runs a program at a terminal, presses Ctrl-C when the build has begun, and a key when it is asked for. As a login does,
     * it lets the program be interrupted even where these tests are not: a shell starts what it puts into the background
     * with that signal ignored, and programs hand this on.
     */
    private static final String TERMINAL = """
            import os, pty, signal, sys
            pid, terminal = pty.fork()
            if pid == 0:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                os.execvp(sys.argv[2], sys.argv[2:])
            said, keys = b"", [(b"\\nbegun", b"\\x03"), (b"leaves it", sys.argv[1].encode().decode("unicode_escape").encode())]
            while True:
                try:
                    more = os.read(terminal, 4096)
                except OSError:
                    break
                if not more:
                    break
                said += more
                sys.stdout.buffer.write(more)
                sys.stdout.buffer.flush()
                if keys and keys[0][0] in said:
                    os.write(terminal, keys.pop(0)[1])
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;
}
