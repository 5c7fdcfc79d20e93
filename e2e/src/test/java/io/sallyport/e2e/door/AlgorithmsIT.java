package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What client and gateway can agree on: of all that OpenSSH's client knows, nothing but what the policy names. */
class AlgorithmsIT {
    /** Each way; hundreds of key exchanges in all. */
    private static final int REKEYED_BYTES = 16 * 1024 * 1024;

    private static final int DOWNLOADED_BYTES = 500_000_000;
    private static final int KEY_EXCHANGES_AT_LEAST = 1000;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static final Set<String> KEY_EXCHANGES = Set.of(
            "mlkem768x25519-sha256",
            "sntrup761x25519-sha512",
            "sntrup761x25519-sha512@openssh.com",
            "curve25519-sha256",
            "curve25519-sha256@libssh.org");
    private static final Set<String> CIPHERS = Set.of("aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr");
    private static final Set<String> MACS = Set.of("hmac-sha2-512-etm@openssh.com", "hmac-sha2-256-etm@openssh.com");

    @Test
    void onlyTheNamedKeyExchangesCiphersMacsAndHostKeys() throws Exception {
        // The client's own list of what the gateway has proposed.
        String verbose = gateway.admin()
                .with("-vv", "-o", "LogLevel=DEBUG2")
                .run("whoami")
                .ok()
                .errors();
        String proposal = verbose.substring(verbose.indexOf("peer server KEXINIT proposal"));

        assertEquals(
                KEY_EXCHANGES,
                offered(proposal, "KEX algorithms: ").stream()
                        .filter(name -> !name.startsWith("kex-strict-") && !name.startsWith("ext-info-"))
                        .collect(Collectors.toSet()));
        assertTrue(offered(proposal, "KEX algorithms: ").contains("kex-strict-s-v00@openssh.com"), proposal);
        assertEquals(Set.of("ssh-ed25519"), offered(proposal, "host key algorithms: "));
        assertEquals(CIPHERS, offered(proposal, "ciphers stoc: "));
        assertEquals(CIPHERS, offered(proposal, "ciphers ctos: "));
        assertEquals(MACS, offered(proposal, "MACs stoc: "));
        assertEquals(Set.of("none"), offered(proposal, "compression stoc: "));
    }

    @Test
    void aConnectionThatChangesItsKeysAllTheTimeCarriesTheSameBytes() throws Exception {
        gateway.projects("web");
        byte[] random = new byte[REKEYED_BYTES];
        new Random(1).nextBytes(random);
        Source source = Source.script("cp random copy")
                .also("artifacts: {paths: [copy]}\n")
                .file("random", random);
        Ssh often = gateway.admin().with("-o", "RekeyLimit=64K", "-o", "LogLevel=ERROR");

        long build = often.submit("web", source);
        assertEquals("succeeded", gateway.admin().ended(build).path("state").asText());
        Outcome copy = often.run("GET /builds/" + build + "/artifacts/copy").ok();

        assertArrayEquals(random, copy.out());
    }

    @Test
    void halfAGigabyteAcrossThousandsOfKeyExchangesHasTheSameDigest() throws Exception {
        gateway.projects("web");
        String numbers = "seq 1 99999999 | head -c " + DOWNLOADED_BYTES;
        Source source = Source.script(numbers + " > numbers").also("artifacts: {paths: [numbers]}\n");
        long build = gateway.admin().submit("web", source);
        assertEquals("succeeded", gateway.admin().ended(build).path("state").asText());

        Ssh often = gateway.admin().with("-v", "-o", "RekeyLimit=64K", "-o", "LogLevel=DEBUG1");
        Path verbose = gateway.work().resolve("rekeyed");
        String download = often.program("GET /builds/" + build + "/artifacts/numbers").words().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));

        assertEquals(sha256(numbers), sha256(download + " 2> " + verbose));
        try (Stream<String> lines = Files.lines(verbose)) {
            long exchanges = lines.filter(line -> line.contains("SSH2_MSG_NEWKEYS received"))
                    .count();
            assertTrue(exchanges > KEY_EXCHANGES_AT_LEAST, () -> exchanges + " key exchanges");
        }
    }

    /** Of what commands print; too much to be looked at. */
    private static String sha256(String commands) throws Exception {
        return Program.shell(commands + " | sha256sum").run().ok().text();
    }

    @Test
    void eachOfThemWorks() throws Exception {
        for (String name : known("kex", KEY_EXCHANGES)) {
            gateway.admin().with("-o", "KexAlgorithms=" + name).run("whoami").ok();
        }
        for (String name : known("cipher", CIPHERS)) {
            gateway.admin().with("-o", "Ciphers=" + name).run("whoami").ok();
        }
        for (String name : known("mac", MACS)) {
            gateway.admin()
                    .with("-o", "Ciphers=aes256-ctr", "-o", "MACs=" + name)
                    .run("whoami")
                    .ok();
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource({
        "ed25519, ed25519, ''",
        "ecdsa256, ecdsa, -b256",
        "ecdsa384, ecdsa, -b384",
        "ecdsa521, ecdsa, -b521",
        "rsa3072, rsa, -b3072",
    })
    void keysThatAreLetIn(String name, String type, String bits) throws Exception {
        Path key = bits.isEmpty() ? gateway.key(name, "-t", type) : gateway.key(name, "-t", type, bits);
        gateway.admin().run("PUT /identities/" + name, "{}").ok();
        gateway.admin()
                .run("POST /identities/" + name + "/keys", publicLine(key))
                .ok();

        String identity =
                gateway.client(key).run("whoami").ok().json().path("identity").asText();

        assertEquals(name, identity);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"rsa1024, rsa, -b1024, 3072", "rsa2048, rsa, -b2048, 3072", "dsa, dsa, -b1024, ed25519"})
    void shortAndOldKeysAreRefusedWithAReason(String name, String type, String bits, String hint) throws Exception {
        Path key = gateway.key(name, "-t", type, bits);
        gateway.admin().run("PUT /identities/" + name, "{}").ok();

        Outcome refused = gateway.admin().run("POST /identities/" + name + "/keys", publicLine(key));

        String detail = refused.problem(422).path("detail").asText();
        assertTrue(detail.contains(hint), detail);
        gateway.client(key)
                .with("-o", "PubkeyAcceptedAlgorithms=+ssh-dss,ssh-rsa")
                .run("whoami")
                .exits(255);
    }

    @Test
    void sshAuditFindsThePolicyKept() throws Exception {
        Program.need("ssh-audit");
        Path policy = Files.write(
                gateway.work().resolve("policy.txt"),
                List.of(
                        "name = \"Sallyport\"",
                        "version = 1",
                        "host keys = ssh-ed25519",
                        "key exchanges = " + String.join(", ", inOrder("KEX algorithms: ")),
                        "ciphers = " + String.join(", ", inOrder("ciphers stoc: ")),
                        "macs = " + String.join(", ", inOrder("MACs stoc: ")),
                        "compressions = none"));

        Outcome audit = Program.of("ssh-audit", "-P", policy.toString(), "-p", Integer.toString(gateway.port()))
                .with("127.0.0.1")
                .run()
                .ok();

        assertTrue(audit.text().contains("Passed"), audit::text);
    }

    @Test
    void sha1SignaturesAreRefused() throws Exception {
        Path key = gateway.key("old", "-t", "rsa", "-b3072");
        gateway.admin().run("PUT /identities/old", "{}").ok();
        gateway.admin().run("POST /identities/old/keys", publicLine(key)).ok();

        gateway.client(key)
                .with("-o", "PubkeyAcceptedAlgorithms=ssh-rsa")
                .run("whoami")
                .exits(255);
    }

    /** What the gateway proposes, without the markers that are no algorithms. */
    private static List<String> inOrder(String what) throws Exception {
        String verbose = gateway.admin()
                .with("-vv", "-o", "LogLevel=DEBUG2")
                .run("whoami")
                .ok()
                .errors();
        String proposal = verbose.substring(verbose.indexOf("peer server KEXINIT proposal"));
        int start = proposal.indexOf(what) + what.length();
        return List.of(
                proposal.substring(start, proposal.indexOf('\n', start)).strip().split(","));
    }

    private static String publicLine(Path key) throws Exception {
        return Files.readString(Path.of(key + ".pub"));
    }

    private static List<String> known(String kind, Set<String> ours) throws Exception {
        return Program.of("ssh", "-Q", kind)
                .run()
                .ok()
                .text()
                .lines()
                .filter(ours::contains)
                .toList();
    }

    private static Set<String> offered(String proposal, String what) {
        int start = proposal.indexOf(what) + what.length();
        return Stream.of(proposal.substring(start, proposal.indexOf('\n', start))
                        .strip()
                        .split(","))
                .collect(Collectors.toSet());
    }
}
