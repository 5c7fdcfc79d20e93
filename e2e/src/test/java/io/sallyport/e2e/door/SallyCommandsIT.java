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
}
