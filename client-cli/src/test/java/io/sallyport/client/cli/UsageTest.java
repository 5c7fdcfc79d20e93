package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no gateway. */
class UsageTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | error: a command is missing; see 'sally help'",
                "lgo 1           | error: 'lgo' is not known here: did you mean 'log'? See 'sally help'",
                "meteors         | error: 'meteors' is not known here; see 'sally help'",
                "sumbit          | error: 'sumbit' is not known here: did you mean 'submit'? See 'sally help'",
                "start 7         | error: 'start' is no command of sally's yet: 'sally api POST /builds/7/start job=JOB' asks for it; see 'sally help'",
                "queue           | error: 'queue' is no command of sally's yet: 'sally top' asks for it; see 'sally help'",
                "secrets put X   | error: 'put' is none of ls, set and rm; see 'sally help secrets'",
                "keys rm         | error: it is 'keys', or 'keys rm FINGERPRINT'; see 'sally help keys'",
                "login --valid x | error: --valid 'x' is no time such as 30m or 8h; see 'sally help login'",
                "completion csh  | error: 'csh' is none of bash, zsh and fish; see 'sally help completion'",
                "cancel          | error: missing required parameter: 'ID'; see 'sally help cancel'",
                "api             | error: missing required parameters: 'METHOD', 'PATH'; see 'sally help api'",
                "ls -n x         | error: --limit: 'x' is no whole number; see 'sally help ls'",
                "wait x          | error: 'x' is not the ID of a build, which is a number; see 'sally help wait'",
                "ls extra        | error: 'extra' is not known here; see 'sally help ls'",
                "log 1 --folow   | error: '--folow' is not known here: did you mean '--follow'? See 'sally help log'",
                "help x          | error: 'x' is no command, and no topic: settings, exit-status, ignore, connections; see 'sally help'",
                "api FETCH /     | error: 'FETCH' is no method, which is GET, POST, PUT or DELETE; see 'sally help api'",
                "get 1 x --all   | error: --all fetches all artifacts: give no PATH with it; see 'sally help get'",
                "submit -f -d    | error: --follow and --detach exclude each other: give one of them; see 'sally help submit'",
                "submit --var x  | error: --var 'x' is not NAME=VALUE; see 'sally help submit'",
                "log 1 --offset x | error: --offset: 'x' is no whole number; see 'sally help log'",
                "log 1 --offset -5 | error: --offset: a byte of a log is a number from 0",
                "wait 1          | error: no host: give -H HOST, set SALLY_HOST, or put 'host: HOST' into .sally.yml",
                "-H h -p 0 log 1 | error: --port: a port is a number from 1 to 65535",
                "-H h submit     | error: no project: give -P PROJECT, set SALLY_PROJECT, or put 'project: PROJECT' into .sally.yml",
            })
    void wrongUseIsOneSentence(String line, String complaint) {
        SallyRun run = sally(line.isEmpty() ? new String[0] : line.split(" "));

        assertEquals(complaint + "\n", run.err());
        assertEquals("", run.text());
        assertEquals(64, run.status());
    }

    @Test
    void specsAreThoseOfTheGateway() {
        SallyRun run = SallyRun.of(folder, Map.of("SALLY_HOST", "h"), "lint");

        assertEquals(
                "error: there is no .sallyport.yml or .sallyport.yaml or .gitlab-ci.yml or .forge.yml in '" + folder
                        + "': it says what to build\n",
                run.err());
        assertEquals(66, run.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-oProxyCommand=true", "two words", " "})
    void hostThatSshCouldTakeForSomethingElseIsRefused(String host) {
        SallyRun run = SallyRun.of(folder, Map.of("SALLY_HOST", host), "wait", "1");

        assertEquals("error: host: '" + host + "' is not the name of a host\n", run.err());
        assertEquals(64, run.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1.5"})
    void idIsANumber(String id) {
        SallyRun run = sally("wait", "--", id);

        assertTrue(run.err().contains("'" + id + "' is not the ID of a build, which is a number"), run.err());
        assertEquals(64, run.status());
    }

    @Test
    void programThatIsNotThereIsNamed() {
        SallyRun run = SallyRun.of(folder, Map.of("SALLY_SSH", "/nowhere/ssh"), "-H", "h", "wait", "1");

        assertEquals(
                "error: cannot run '/nowhere/ssh': install OpenSSH's client, or name yours in SALLY_SSH\n", run.err());
        assertEquals(69, run.status());
    }

    @Test
    void otherProgramGetsTheWordsOfSsh() throws IOException {
        Path program = Files.writeString(folder.resolve("my ssh"), "#!/bin/sh\nprintf '<%s>' \"$@\"\n");
        assertTrue(program.toFile().setExecutable(true));
        Map<String, String> environment =
                Map.of("SALLY_SSH", program.toString(), "SALLY_HOST", "u@h", "SALLY_PORT", "2222");

        SallyRun run =
                SallyRun.of(folder, environment, "-o", "A=1", "api", "get", "/x y", "-i", "key", "--ssh-option=B=2");

        assertEquals(
                "<-T><-p><2222><-i><key><-o><A=1><-o><B=2><-o><ServerAliveInterval=15><-o><ServerAliveCountMax=3>"
                        + "<u@h><GET '/x y'>",
                run.text());
        assertEquals(0, run.status());
    }

    @Test
    void helpListsTheCommands() {
        SallyRun run = sally("help");

        assertEquals(0, run.status());
        for (String command : new String[] {
            "submit",
            "log",
            "wait",
            "get",
            "ls",
            "show",
            "top",
            "cancel",
            "retry",
            "events",
            "lint",
            "secrets",
            "keys",
            "login",
            "api",
            "completion",
            "version"
        }) {
            assertTrue(run.text().contains("\n  " + command), command);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings", "exit-status", "ignore", "connections"})
    void topicsAreTold(String topic) {
        SallyRun run = sally("help", topic);

        assertEquals(0, run.status(), run.err());
        assertTrue(run.text().lines().count() > 5, run.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completionAsksForTheWords(String shell) {
        assertTrue(sally("completion", shell).text().contains("sally completion words -- "));
    }

    @Test
    void wordsAreCompleted() {
        assertEquals("show\n", sally("completion", "words", "--", "sh").text());
        assertEquals(
                "--state\n", sally("completion", "words", "--", "ls", "--st").text());
        assertEquals(
                "set\n", sally("completion", "words", "--", "secrets", "se").text());
        assertEquals(
                "failed\n",
                sally("completion", "words", "--", "ls", "--state", "fa").text());
        assertEquals(
                "all\n",
                sally("completion", "words", "--", "retry", "7", "--jobs", "a").text());
        assertEquals("\n", sally("completion", "words", "--", "log", "").text());
    }

    @Test
    void everyCommandHasAManualPage() {
        for (String command : Sally.COMMANDS) {
            String page = sally("help", "--man", command).text();
            assertTrue(page.startsWith(".TH SALLY-" + command.toUpperCase(Locale.ROOT) + " 1\n"), page);
            assertTrue(page.contains("\n.SH DESCRIPTION\n"), page);
        }
    }

    private SallyRun sally(String... args) {
        return SallyRun.of(folder, Map.of("SALLY_PROJECT", List.of(args).contains("submit") ? "" : "web"), args);
    }
}
