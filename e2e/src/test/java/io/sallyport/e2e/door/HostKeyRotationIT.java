package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How users come to know the gateway's host key, and the one after it, with the real ssh. */
class HostKeyRotationIT {
    private final GatewayProcess gateway = new GatewayProcess();

    @BeforeEach
    void made() throws Exception {
        gateway.prepare();
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void clientsLearnTheNextHostKeyAndForgetTheLast() throws Exception {
        Path next = gateway.home().resolve("host_key.next");
        make(next);
        gateway.start();
        String first = keyOf(gateway.home().resolve("host_key"));
        String second = keyOf(next);
        Ssh client = gateway.admin().with("-o", "UpdateHostKeys=yes");

        client.run("whoami").ok();

        String known = Files.readString(gateway.knownHosts());
        assertTrue(known.contains(first) && known.contains(second), known);

        gateway.stop();
        Files.move(next, gateway.home().resolve("host_key"), StandardCopyOption.REPLACE_EXISTING);
        gateway.start();

        client.run("whoami").ok();

        String after = Files.readString(gateway.knownHosts());
        assertTrue(after.contains(second), after);
        assertFalse(after.contains(first), after);
    }

    @Test
    void aHostCertificateIsOfferedWhenThereIsOne() throws Exception {
        Path authority = gateway.work().resolve("host-authority");
        make(authority);
        Path host = gateway.home().resolve("host_key");
        Path publicKey = gateway.home().resolve("host_key.pub");
        Files.writeString(publicKey, keyOf(host) + "\n");
        Program.of("ssh-keygen", "-q", "-s", authority.toString(), "-h", "-I", "gateway", "-n", Ssh.HOST, "-V", "+1d")
                .with(publicKey.toString())
                .run()
                .ok();
        assertTrue(Files.exists(gateway.home().resolve("host_key-cert.pub")));
        gateway.start();
        Files.writeString(gateway.knownHosts(), "@cert-authority " + Ssh.HOST + " " + keyOf(authority) + "\n");

        assertEquals(
                GatewayProcess.ADMIN,
                gateway.admin().run("whoami").ok().json().path("identity").asText());
    }

    @Test
    void aHostCertificateOfAnotherKeyIsRefusedAtTheStart() throws Exception {
        Path other = gateway.work().resolve("other");
        make(other);
        Program.of("ssh-keygen", "-q", "-s", other.toString(), "-h", "-I", "x", "-n", Ssh.HOST, other + ".pub")
                .run()
                .ok();
        Files.copy(Path.of(other + "-cert.pub"), gateway.home().resolve("host_key-cert.pub"));

        Outcome refused = gateway.serve(0).run().exits(78);

        assertTrue(refused.errors().contains("host_key-cert.pub"), refused::errors);
    }

    private static void make(Path file) throws Exception {
        Program.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                .run()
                .ok();
    }

    private static String keyOf(Path file) throws Exception {
        String[] words = Program.of("ssh-keygen", "-y", "-f", file.toString())
                .run()
                .ok()
                .text()
                .split(" ");
        return words[0] + " " + words[1].strip();
    }
}
