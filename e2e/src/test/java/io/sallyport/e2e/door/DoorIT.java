package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets through the door, and what cannot be carried through it. */
class DoorIT {
    /** OpenSSH's own exit status when there is no connection, or no more. */
    private static final int NO_CONNECTION = 255;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @Test
    void anUnknownKeyIsNotLetIn() throws Exception {
        Outcome refused = gateway.client(gateway.key("stranger")).run("whoami").exits(NO_CONNECTION);

        assertEquals("", refused.text());
        assertTrue(refused.errors().contains("Permission denied (publickey)."), refused::errors);
    }

    @Test
    void thereAreNoPasswords() throws Exception {
        Outcome refused = gateway.admin()
                .with("-o", "PubkeyAuthentication=no", "-o", "BatchMode=no", "-o", "NumberOfPasswordPrompts=1")
                .run("whoami")
                .exits(NO_CONNECTION);

        assertTrue(refused.errors().contains("Permission denied (publickey)."), refused::errors);
    }

    @Test
    void aKeyThatIsOnlyShownAndDoesNotSignLendsNothing() throws Exception {
        Ssh ann = gateway.user("ann", "viewer:web");
        // Only the public half: ssh offers it, is told that it would do, and then cannot sign.
        Path shown = gateway.work().resolve("shown.pub");
        Files.copy(gateway.work().resolve(GatewayProcess.ADMIN + ".pub"), shown);
        Files.setPosixFilePermissions(shown, PosixFilePermissions.fromString("rw-------"));
        Ssh both = ann.with("-i", shown.toString());

        Outcome verbose = both.with("-v", "-o", "LogLevel=DEBUG1").run("whoami").ok();

        assertTrue(verbose.errors().contains("Server accepts key: " + shown), verbose::errors);
        assertEquals("ann", Json.line(verbose.text()).path("identity").asText());
        both.run("GET /identities").exits(77);
    }

    @Test
    void aRemovedKeyEndsItsSessionsWithinFiveSeconds() throws Exception {
        Ssh ben = gateway.user("ben", "builder:web");
        String key = ben.run("keys").ok().items().path(0).path("fingerprint").asText();
        Signal signal = gateway.signal();
        try (Running session = ben.with("-o", "LogLevel=INFO").start("submit web follow=true")) {
            session.give(Source.script("echo begun; " + signal.awaited()).tar())
                    .out()
                    .await("\nbegun\n");

            gateway.admin().run("DELETE /keys/" + key).ok();

            Await.until("the session's end", Duration.ofSeconds(5), () -> !session.alive());
            Outcome ended = session.end().exits(NO_CONNECTION);
            assertTrue(ended.errors().contains("this key has been removed"), ended::errors);
            ben.run("whoami").exits(NO_CONNECTION);
            long build =
                    Json.line(ended.errorLines().getFirst() + "\n").path("id").asLong();
            signal.give();
            assertEquals("succeeded", gateway.admin().ended(build).path("state").asText(), "running builds go on");
        }
    }

    @Test
    void aLockedIdentityIsOutWithinFiveSecondsToo() throws Exception {
        Ssh eve = gateway.user("eve", "builder:web");
        Signal signal = gateway.signal();
        try (Running session = eve.start("submit web follow=true on-disconnect=cancel")) {
            session.give(Source.script("echo begun; " + signal.awaited()).tar())
                    .out()
                    .await("\nbegun\n");

            gateway.admin().run("PUT /identities/eve", "{\"locked\":true}").ok();

            Await.until("the session's end", Duration.ofSeconds(5), () -> !session.alive());
            eve.run("whoami").exits(NO_CONNECTION);
        }
    }

    @Test
    void nothingIsForwarded() throws Exception {
        Outcome to = gateway.admin()
                .with("-W", "127.0.0.1:" + gateway.port(), "-o", "LogLevel=INFO")
                .run("")
                .exits(NO_CONNECTION);
        assertTrue(to.errors().contains("open failed"), to::errors);

        Outcome from = gateway.admin()
                .with("-N", "-R", "0:127.0.0.1:1", "-o", "ExitOnForwardFailure=yes")
                .run("")
                .exits(NO_CONNECTION);
        assertTrue(from.errors().contains("remote port forwarding failed"), from::errors);
    }

    @Test
    void x11IsNotForwarded() throws Exception {
        ProcessBuilder builder = gateway.admin()
                .with("-Y", "-o", "LogLevel=INFO")
                .program("whoami")
                .builder();
        builder.environment().put("DISPLAY", "127.0.0.1:99");
        try (Running session = new Running(builder)) {
            Outcome outcome = session.end().exits(0);
            assertTrue(outcome.errors().contains("X11 forwarding request failed"), outcome::errors);
        }
    }

    @Test
    void theOldProtocolOfScpIsRefusedWithAHint() throws Exception {
        Path file = Files.writeString(gateway.work().resolve("file"), "x");
        for (Program scp : new Program[] {
            gateway.admin().copying("scp", "-O", "127.0.0.1:/builds/1/log", gateway.work() + "/got"),
            gateway.admin().copying("scp", "-O", file.toString(), "127.0.0.1:/incoming/web/x.tar")
        }) {
            Outcome refused = scp.run();

            assertTrue(refused.exit() != 0);
            assertTrue(refused.errors().toLowerCase(java.util.Locale.ROOT).contains("sftp"), refused::errors);
        }
    }

    @Test
    void anUnknownSubsystemIsRefused() throws Exception {
        Outcome refused = gateway.admin().with("-s").run("netconf");

        assertTrue(refused.exit() != 0);
        assertTrue(refused.errors().contains("subsystem request failed"), refused::errors);
    }

    @Test
    void theEnvironmentOfAClientIsNotTheBuilds() throws Exception {
        ProcessBuilder builder = gateway.admin()
                .with("-o", "SendEnv=LD_PRELOAD SECRET LANG")
                .program("submit web follow=true")
                .builder();
        builder.environment().put("SECRET", "from the client");
        builder.environment().put("LANG", "de_DE.UTF-8");
        try (Running session = new Running(builder)) {
            Outcome outcome = session.give(Source.script("env").tar()).end().exits(0);
            assertTrue(!outcome.text().contains("from the client"), outcome::text);
        }
    }
}
