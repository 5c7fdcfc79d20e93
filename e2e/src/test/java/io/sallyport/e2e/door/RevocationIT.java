package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key revocation lists as the real ssh-keygen makes and reads them, and what becomes of who is on one. */
class RevocationIT {
    private static final int NO_CONNECTION = 255;
    private static final Duration PROMISED = Duration.ofSeconds(5);

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static Path authority;
    private static byte[] nothing;
    private static int names;

    @BeforeAll
    static void someoneAndAnAuthority() throws Exception {
        gateway.projects("web");
        gateway.user("cara", "builder:web");
        authority = gateway.key("authority");
        gateway.admin().run("POST /cas", Files.readString(pub(authority))).ok();
        nothing = gateway.admin().run("GET /revocations").ok().out();
    }

    @AfterEach
    void nothingIsRevoked() throws Exception {
        gateway.admin().run("PUT /revocations", nothing).ok();
    }

    @Test
    void theFirstListRevokesNothing() throws Exception {
        Path list = write(nothing);

        Program.of("ssh-keygen", "-Q", "-f", list.toString(), pub(authority).toString())
                .run()
                .ok();
    }

    @ParameterizedTest
    @CsvSource({"key", "sha1", "sha256"})
    void aRevokedKeyEndsItsStreamWithinFiveSecondsAndIsOut(String how) throws Exception {
        String name = "ann" + ++names;
        Ssh ann = gateway.user(name, "builder:web");
        String key = Files.readString(pub(gateway.work().resolve(name)));
        Signal signal = gateway.signal();
        long build = ann.submit("web", Source.script("echo begun; " + signal.awaited()));
        try (Running session = ann.with("-o", "LogLevel=INFO").start("log " + build + " follow=true")) {
            session.give(new byte[0]).out().await("begun\n");

            JsonNode put = put(list(how + ": " + key)).ok().json();

            assertEquals(1, put.path("revoked").asInt());
            Await.until("the stream's end", PROMISED, () -> !session.alive());
            Outcome ended = session.end().exits(NO_CONNECTION);
            assertTrue(ended.errors().contains("this key has been revoked"), ended::errors);
            ann.run("whoami").exits(NO_CONNECTION);
            signal.give();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "serial: 7                 | its serial number has been revoked",
                "serial: 5-9               | its serial number has been revoked",
                "serial: 7,serial: 9,serial: 11,serial: 12,serial: 14 | its serial number has been revoked",
                "id: a certificate         | its key id has been revoked",
            })
    void certificatesOfAnAuthorityAreRevokedBySerialAndKeyId(String lines, String reason) throws Exception {
        Ssh holder = certified(7, "a certificate");
        Ssh other = certified(1000, "another certificate");
        holder.run("whoami").ok();

        put(list(lines.replace(",", "\n"), "-s", pub(authority).toString())).ok();

        holder.run("whoami").exits(NO_CONNECTION);
        Await.until("the reason in the log", () -> gateway.log().contains(reason));
        other.run("whoami").ok();
    }

    @Test
    void aRevokedAuthorityTakesAllItsCertificatesWithIt() throws Exception {
        Ssh holder = certified(3, "x");
        holder.run("whoami").ok();

        put(list("key: " + Files.readString(pub(authority)))).ok();

        holder.run("whoami").exits(NO_CONNECTION);
    }

    @Test
    void whatIsRevokedWithAnotherAuthorityLetsInHere() throws Exception {
        Path other = gateway.key("other-authority");
        Ssh holder = certified(3, "x");

        put(list("serial: 1-10", "-s", pub(other).toString())).ok();

        holder.run("whoami").ok();
    }

    @Test
    void theListComesBackAsItWentInAndSshKeygenAgreesWithIt() throws Exception {
        Path revoked = gateway.key("revoked");
        Path list = list("key: " + Files.readString(pub(revoked)), "-z", "42");

        JsonNode put = put(list).ok().json();

        assertEquals(42, put.path("version").asInt());
        byte[] got = gateway.admin().run("GET /revocations").ok().out();
        assertArrayEquals(Files.readAllBytes(list), got);
        Path file = write(got);
        Program.of("ssh-keygen", "-Q", "-f", file.toString(), pub(revoked).toString())
                .run()
                .exits(1);
        Program.of("ssh-keygen", "-Q", "-f", file.toString(), pub(authority).toString())
                .run()
                .ok();
    }

    @Test
    void theListOutlivesACrash() throws Exception {
        gateway.user("lena", "viewer:web");
        Path lena = gateway.work().resolve("lena");
        put(list("key: " + Files.readString(pub(lena)))).ok();

        gateway.kill().start();

        gateway.client(lena).run("whoami").exits(NO_CONNECTION);
    }

    @Test
    void aDamagedListIsRefusedAndTheOneBeforeStaysInForce() throws Exception {
        gateway.user("mona", "viewer:web");
        Path mona = gateway.work().resolve("mona");
        Path list = list("key: " + Files.readString(pub(mona)));
        put(list).ok();
        byte[] whole = Files.readAllBytes(list);

        for (byte[] damaged : new byte[][] {
            {}, "nonsense".getBytes(), Arrays.copyOf(whole, whole.length - 1), Arrays.copyOf(whole, whole.length + 3)
        }) {
            JsonNode problem = gateway.admin().run("PUT /revocations", damaged).problem(422);
            assertTrue(problem.path("detail").asText().contains("still in force"), problem::toString);
        }

        gateway.client(mona).run("whoami").exits(NO_CONNECTION);
    }

    @Test
    void aSignedListIsPutInForceOnlyWhenAnAuthorityThatIsTrustedHasSignedIt() throws Exception {
        gateway.user("nora", "viewer:web");
        Path nora = gateway.work().resolve("nora");
        byte[] unsigned = Files.readAllBytes(list("key: " + Files.readString(pub(nora))));
        byte[] byAnother = signed(unsigned, gateway.key("no-authority"));
        byte[] byTrusted = signed(unsigned, authority);
        byte[] forged = byTrusted.clone();
        forged[forged.length - 1] ^= 1;

        JsonNode another = gateway.admin().run("PUT /revocations", byAnother).problem(422);
        assertTrue(another.path("detail").asText().contains("which is not trusted here"), another::toString);
        JsonNode wrong = gateway.admin().run("PUT /revocations", forged).problem(422);
        assertTrue(wrong.path("detail").asText().contains("signature is wrong"), wrong::toString);
        gateway.client(nora).run("whoami").ok();

        gateway.admin().run("PUT /revocations", byTrusted).ok();
        gateway.client(nora).run("whoami").exits(NO_CONNECTION);
    }

    /** The list with the section of a signature (OpenSSH's PROTOCOL.krl, section 7); ssh-keygen does not make these. */
    private static byte[] signed(byte[] list, Path by) throws Exception {
        RawKey key = RawKey.read(by);
        byte[] section = new RawSsh.Message(4).string(key.blob()).bytes();
        byte[] covered = concatenated(list, section);
        byte[] signature = new RawSsh.Message(0)
                .string(RawKey.TYPE)
                .string(key.sign(covered))
                .tail();
        return concatenated(covered, new RawSsh.Message(0).string(signature).tail());
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Test
    void theLastAdministratorCannotBeRevoked() throws Exception {
        Path list = list("key: " + Files.readString(pub(gateway.work().resolve(GatewayProcess.ADMIN))));

        JsonNode problem = put(list).problem(422);

        assertTrue(problem.path("detail").asText().contains("administrator"), problem::toString);
        gateway.admin().run("whoami").ok();
    }

    private static Ssh certified(int serial, String id) throws Exception {
        Path key = gateway.key("key-" + ++names);
        Program.of("ssh-keygen", "-q", "-s", authority.toString(), "-n", "cara", "-V", "+1h")
                .with("-z", Integer.toString(serial), "-I", id, pub(key).toString())
                .run()
                .ok();
        return gateway.client(key);
    }

    /** A list that ssh-keygen makes of a specification (KEY REVOCATION LISTS in its manual). */
    private static Path list(String specification, String... options) throws Exception {
        Path list = gateway.work().resolve("list-" + ++names);
        Path text = Files.writeString(gateway.work().resolve("specification-" + names), specification.strip() + "\n");
        Program.of("ssh-keygen", "-q", "-k", "-f", list.toString())
                .with(options)
                .with(text.toString())
                .run()
                .ok();
        return list;
    }

    private static Outcome put(Path list) throws Exception {
        return gateway.admin().run("PUT /revocations", Files.readAllBytes(list));
    }

    private static Path write(byte[] list) throws Exception {
        return Files.write(gateway.work().resolve("got-" + ++names), list);
    }

    private static Path pub(Path key) {
        return Path.of(key + ".pub");
    }
}
