package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes in with an OpenSSH certificate, made by the real ssh-keygen, and who does not. */
class CertificatesIT {
    private static final int NO_CONNECTION = 255;
    private static final Duration PROMISED = Duration.ofSeconds(5);

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static Path authority;
    private static int keys;

    @BeforeAll
    static void someoneAndAnAuthority() throws Exception {
        gateway.projects("web");
        gateway.user("cara", "builder:web");
        authority = gateway.key("authority");
        trust(authority);
    }

    @Test
    void aCertificateLetsItsPrincipalInAndIsTheSessionsCredential() throws Exception {
        Path key = certified(gateway.key("fresh"), "-n", "cara", "-V", "+1h", "-z", "7", "-I", "for a test");

        JsonNode me = gateway.client(key).run("whoami").ok().json();

        JsonNode credential = me.path("credential");
        assertEquals("cara", me.path("identity").asText());
        assertEquals("certificate", credential.path("kind").asText());
        assertEquals(7, credential.path("serial").asInt());
        assertEquals("for a test", credential.path("keyId").asText());
        assertEquals(fingerprint(authority), credential.path("authority").asText());
        assertEquals(fingerprint(key), credential.path("fingerprint").asText());
        assertTrue(credential.path("expires").asText().endsWith("Z"), me::toString);
    }

    @ParameterizedTest(name = "{0} signed by {1}")
    @CsvSource({"ed25519,ecdsa", "ecdsa,rsa", "rsa,ed25519"})
    void keysAndAuthoritiesOfEveryTypeWillDo(String type, String authorityType) throws Exception {
        Path other = gateway.key("authority-" + authorityType, "-t", authorityType);
        trust(other);

        Path key =
                signed(other, gateway.key("key-" + type, "-t", type), "-n", "cara", "-V", "+24h", "-z", "1", "-I", "x");

        gateway.client(key).run("whoami").ok();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no principal            | -V +1h -z 1 -I x                          | 0 principals",
                "two principals          | -n cara,root -V +1h -z 1 -I x             | 2 principals",
                "nobody                  | -n nobody -V +1h -z 1 -I x                | no identity of this name",
                "nearly the name         | -n Cara -V +1h -z 1 -I x                  | no identity of this name",
                "no serial number        | -n cara -V +1h -I x                       | no serial number",
                "no key id               | -n cara -V +1h -z 1 -I EMPTY              | no key id",
                "expired                 | -n cara -V -2h:-1h -z 1 -I x              | expired",
                "not valid yet           | -n cara -V +1h:+2h -z 1 -I x              | not valid yet",
                "valid too long          | -n cara -V +25h -z 1 -I x                 | more than 24 hours",
                "valid for ever          | -n cara -V always:forever -z 1 -I x       | valid for ever",
                "forced command          | -n cara -V +1h -z 1 -I x -O force-command=ls | force-command",
                "unknown option          | -n cara -V +1h -z 1 -I x -O critical:new@example.org=1 | unknown critical option",
                "from elsewhere          | -n cara -V +1h -z 1 -I x -O source-address=192.0.2.0/24 | source address",
                "user to be verified     | -n cara -V +1h -z 1 -I x -O verify-required | not on a security key",
            })
    void whatIsWrongInAnyFieldIsRefusedAndLoggedAndNotTold(String name, String options, String reason)
            throws Exception {
        List<String> words = new ArrayList<>();
        for (String word : options.split(" ")) {
            words.add(word.equals("EMPTY") ? "" : word);
        }
        Path key = certified(gateway.key("wrong-" + ++keys), words.toArray(String[]::new));
        int logged = gateway.log().length();

        Outcome refused = gateway.client(key).run("whoami").exits(NO_CONNECTION);

        assertTrue(refused.errors().contains("Permission denied (publickey)."), refused::errors);
        assertFalse(refused.errors().contains(reason), refused::errors);
        Await.until(
                "the reason in the log", () -> gateway.log().substring(logged).contains(reason));
    }

    @Test
    void anAuthorityThatIsNotTrustedLetsNobodyIn() throws Exception {
        Path stranger = gateway.key("strange-authority");
        Path key = signed(stranger, gateway.key("strangers"), "-n", "cara", "-V", "+1h", "-z", "1", "-I", "x");

        gateway.client(key).run("whoami").exits(NO_CONNECTION);
    }

    @Test
    void theRightAddressLetsIn() throws Exception {
        Path key = certified(
                gateway.key("near"),
                "-n",
                "cara",
                "-V",
                "+1h",
                "-z",
                "1",
                "-I",
                "x",
                "-O",
                "source-address=127.0.0.0/8");

        gateway.client(key).run("whoami").ok();
    }

    @Test
    void aSessionEndsWhenItsCertificateExpires() throws Exception {
        Path key = certified(gateway.key("brief"), "-n", "cara", "-V", "+12s", "-z", "1", "-I", "x");
        Signal signal = gateway.signal();
        try (Running session = following(gateway.client(key), signal)) {
            Outcome ended = session.end().exits(NO_CONNECTION);

            assertTrue(ended.errors().contains("this certificate has expired"), ended::errors);
            gateway.client(key).run("whoami").exits(NO_CONNECTION);
            signal.give();
        }
    }

    @Test
    void anAuthorityThatIsTrustedNoMoreEndsItsSessions() throws Exception {
        Path brief = gateway.key("brief-authority");
        String fingerprint = trust(brief);
        Path key = signed(brief, gateway.key("brief-trust"), "-n", "cara", "-V", "+1h", "-z", "1", "-I", "x");
        Signal signal = gateway.signal();
        try (Running session = following(gateway.client(key), signal)) {
            gateway.admin().run("DELETE /cas/" + fingerprint).ok();

            Await.until("the session's end", PROMISED, () -> !session.alive());
            Outcome ended = session.end().exits(NO_CONNECTION);
            assertTrue(ended.errors().contains("the authority of this certificate is not trusted"), ended::errors);
            signal.give();
        }
    }

    @Test
    void trustCanBeBoundToATime() throws Exception {
        Path past = gateway.key("past-authority");
        gateway.admin()
                .run("POST /cas not-after=2020-01-01T00:00:00Z name=old", Files.readString(pub(past)))
                .ok();
        Path key = signed(past, gateway.key("too-late"), "-n", "cara", "-V", "+1h", "-z", "1", "-I", "x");

        gateway.client(key).run("whoami").exits(NO_CONNECTION);
        gateway.admin()
                .run("POST /cas not-after=tomorrow", Files.readString(pub(past)))
                .problem(400);
    }

    @Test
    void weakAuthoritiesAndCertificatesAreNoAuthorities() throws Exception {
        Path weak = gateway.key("weak-authority", "-t", "rsa", "-b", "2048");
        Path certificate = certified(gateway.key("no-authority"), "-n", "cara", "-V", "+1h", "-z", "1", "-I", "x");

        String detail = gateway.admin()
                .run("POST /cas", Files.readString(pub(weak)))
                .problem(422)
                .path("detail")
                .asText();
        assertTrue(detail.contains("2048"), detail);
        gateway.admin()
                .run("POST /cas", Files.readString(Path.of(certificate + "-cert.pub")))
                .problem(422);
    }

    @Test
    void theGatewaySignsAShortLivedCertificateForWhoAsks() throws Exception {
        Ssh dora = gateway.user("dora", "viewer:web");
        Path key = gateway.key("doras-other");

        Outcome signed = dora.run("POST /certificates valid=30m", Files.readString(pub(key)))
                .ok();
        Files.write(Path.of(key + "-cert.pub"), signed.out());

        String shown = Program.of("ssh-keygen", "-L", "-f", key + "-cert.pub")
                .run()
                .ok()
                .text();
        assertTrue(shown.contains("Type: ssh-ed25519-cert-v01@openssh.com user certificate"), shown);
        assertTrue(shown.contains("                dora\n"), shown);
        assertTrue(shown.contains("Critical Options: (none)"), shown);
        JsonNode me = gateway.client(key).run("whoami").ok().json();
        assertEquals("dora", me.path("identity").asText());
        assertEquals("certificate", me.path("credential").path("kind").asText());
        int serial = me.path("credential").path("serial").asInt();

        gateway.client(key)
                .run("POST /certificates", Files.readString(pub(key)))
                .problem(403);
        Files.write(
                Path.of(key + "-cert.pub"),
                dora.run("POST /certificates", Files.readString(pub(key))).ok().out());
        JsonNode again = gateway.client(key).run("whoami").ok().json().path("credential");
        assertTrue(again.path("serial").asInt() > serial, "serials rise");

        String asked = dora.run("keys").ok().items().path(0).path("fingerprint").asText();
        gateway.admin().run("DELETE /keys/" + asked).ok();
        gateway.client(key).run("whoami").exits(NO_CONNECTION);
    }

    @Test
    void whatTheGatewayDoesNotSign() throws Exception {
        Ssh edda = gateway.user("edda", "viewer:web");
        String own = Files.readString(pub(gateway.work().resolve("edda")));

        edda.run("POST /certificates valid=25h", own).problem(400);
        edda.run("POST /certificates valid=1s", own).problem(400);
        edda.run("POST /certificates", "nonsense").problem(422);
        edda.run("POST /certificates", Files.readString(pub(gateway.work().resolve("cara"))))
                .problem(409);
    }

    /** A log that is followed; returns when it has begun. */
    private static Running following(Ssh client, Signal signal) throws Exception {
        long build = gateway.admin().submit("web", Source.script("echo begun; " + signal.awaited()));
        Running session = client.with("-o", "LogLevel=INFO").start("log " + build + " follow=true");
        session.give(new byte[0]).out().await("begun\n");
        return session;
    }

    private static Path certified(Path key, String... options) throws Exception {
        return signed(authority, key, options);
    }

    private static Path signed(Path by, Path key, String... options) throws Exception {
        Program.of("ssh-keygen", "-q", "-s", by.toString())
                .with(options)
                .with(pub(key).toString())
                .run()
                .ok();
        return key;
    }

    private static String trust(Path key) throws Exception {
        return gateway.admin()
                .run("POST /cas", Files.readString(pub(key)))
                .ok()
                .json()
                .path("fingerprint")
                .asText();
    }

    private static String fingerprint(Path key) throws Exception {
        return Program.of("ssh-keygen", "-l", "-f", pub(key).toString())
                .run()
                .ok()
                .text()
                .split(" ")[1];
    }

    private static Path pub(Path key) {
        return Path.of(key + ".pub");
    }
}
