package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in with keys on hardware tokens: the real ssh, and a token made of software behind its agent's socket. */
class SecurityKeysIT {
    private static final int NO_CONNECTION = 255;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static int names;

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @ParameterizedTest(name = "ECDSA: {0}")
    @ValueSource(booleans = {true, false})
    void aTokenLetsInWhenItsUserWasThere(boolean elliptic) throws Exception {
        try (SoftwareToken token = new SoftwareToken(gateway.work(), elliptic)) {
            String name = holder(token, "{}");

            assertEquals(
                    name,
                    token.client(gateway)
                            .run("whoami")
                            .ok()
                            .json()
                            .path("identity")
                            .asText());

            token.says(0).client(gateway).run("whoami").exits(NO_CONNECTION);
        }
    }

    @ParameterizedTest(name = "ECDSA: {0}")
    @ValueSource(booleans = {true, false})
    void anIdentityCanRequireThatTheTokenKnowsItsUser(boolean elliptic) throws Exception {
        try (SoftwareToken token = new SoftwareToken(gateway.work(), elliptic)) {
            String name = holder(token, "{\"verifyRequired\":true}");

            token.says(SoftwareToken.PRESENT).client(gateway).run("whoami").exits(NO_CONNECTION);
            token.says(SoftwareToken.PRESENT_AND_VERIFIED)
                    .client(gateway)
                    .run("whoami")
                    .ok();

            Path plain = gateway.key("plain" + ++names);
            gateway.admin()
                    .run("POST /identities/" + name + "/keys", Files.readString(Path.of(plain + ".pub")))
                    .ok();
            gateway.client(plain).run("whoami").exits(NO_CONNECTION);
        }
    }

    @Test
    void sessionsWithoutAVerifiedUserEndWhenThatIsRequired() throws Exception {
        gateway.user("late", "builder:web");
        Signal signal = gateway.signal();
        try (Running session = gateway.client(gateway.work().resolve("late"))
                .with("-o", "LogLevel=INFO")
                .start("submit web follow=true on-disconnect=cancel")) {
            session.give(Source.script("echo begun; " + signal.awaited()).tar())
                    .out()
                    .await("\nbegun\n");

            gateway.admin()
                    .run("PUT /identities/late", "{\"verifyRequired\":true}")
                    .ok();

            Await.until("the session's end", Duration.ofSeconds(5), () -> !session.alive());
            Outcome ended = session.end().exits(NO_CONNECTION);
            assertTrue(ended.errors().contains("security key"), ended::errors);
        }
    }

    @Test
    void theLastAdministratorIsNotLockedOut() throws Exception {
        gateway.admin()
                .run(
                        "PUT /identities/" + GatewayProcess.ADMIN,
                        "{\"verifyRequired\":true,\"grants\":[{\"role\":\"admin\"}]}")
                .problem(409);
    }

    @ParameterizedTest(name = "ECDSA: {0}")
    @ValueSource(booleans = {true, false})
    void aCertificateOnATokensKeyCanRequireIt(boolean elliptic) throws Exception {
        Path authority = gateway.key("authority" + ++names);
        gateway.admin()
                .run("POST /cas", Files.readString(Path.of(authority + ".pub")))
                .ok();
        gateway.admin().run("PUT /identities/cara", "{}").ok();
        try (SoftwareToken token = new SoftwareToken(gateway.work(), elliptic)) {
            Program.of("ssh-keygen", "-q", "-s", authority.toString(), "-n", "cara", "-V", "+1h")
                    .with(
                            "-z",
                            "1",
                            "-I",
                            "x",
                            "-O",
                            "verify-required",
                            token.publicKey().toString())
                    .run()
                    .ok();
            Path certificate = Path.of(token.publicKey().toString().replace(".pub", "-cert.pub"));
            Ssh client = token.client(gateway).with("-o", "CertificateFile=" + certificate);

            client.run("whoami").exits(NO_CONNECTION);
            token.says(SoftwareToken.PRESENT_AND_VERIFIED);
            assertEquals(
                    "certificate",
                    client.run("whoami").ok().json().at("/credential/kind").asText());
        }
    }

    private static String holder(SoftwareToken token, String settings) throws Exception {
        String name = "holder" + ++names;
        gateway.admin().run("PUT /identities/" + name, settings).ok();
        gateway.admin().run("POST /identities/" + name + "/keys", token.line()).ok();
        return name;
    }
}
