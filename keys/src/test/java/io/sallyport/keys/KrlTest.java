package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key revocation lists that the real ssh-keygen has made, and what is left of them when they are damaged. */
class KrlTest {
    private static final KeyBlob CERTIFIED = KeyBlob.ofLine(new KeyMill(7).next());

    @TempDir
    Path folder;

    private SshKeygen keygen;
    private KeyBlob authority;

    @BeforeAll
    static void cryptography() {
        Security.addProvider(new BouncyCastleProvider());
    }

    @BeforeEach
    void anAuthority() throws Exception {
        keygen = new SshKeygen(folder);
        authority = KeyBlob.ofLine(keygen.publicKey("ca", "-t", "ed25519"));
    }

    @Test
    void keysAreRevokedByThemselvesAndByDigests() throws Exception {
        String one = keygen.publicKey("one", "-t", "ed25519");
        String two = keygen.publicKey("two", "-t", "ed25519");
        String three = keygen.publicKey("three", "-t", "ed25519");
        Krl krl = KrlReader.read(list("key: " + one + "\nsha1: " + two + "\nsha256: " + three));

        assertTrue(krl.revokes(KeyBlob.ofLine(one)));
        assertTrue(krl.revokes(KeyBlob.ofLine(two)));
        assertTrue(krl.revokes(KeyBlob.ofLine(three)));
        assertFalse(krl.revokes(authority));
        assertEquals(3, krl.count());
    }

    @Test
    void serialsAreRevokedInEveryFormThatTheToolChooses() throws Exception {
        // Single ones, a range, a bitmap of many close together, and the largest that there is.
        Krl krl = KrlReader.read(list(
                "serial: 1\nserial: 1000-2000\nserial: 5001\nserial: 5003\nserial: 5005\nserial: 5006\nserial: 5009\n"
                        + "serial: 18446744073709551615",
                "-s",
                "ca.pub"));

        for (long serial : new long[] {1, 1000, 1500, 2000, 5001, 5003, 5005, 5006, 5009, -1}) {
            assertTrue(revoked(krl, serial, "x", authority), "serial " + Long.toUnsignedString(serial));
        }
        for (long serial :
                new long[] {2, 999, 2001, 5000, 5002, 5004, 5007, 5010, Long.MAX_VALUE, Long.MIN_VALUE, -2}) {
            assertFalse(revoked(krl, serial, "x", authority), "serial " + Long.toUnsignedString(serial));
        }
        KeyBlob other = KeyBlob.ofLine(keygen.publicKey("other", "-t", "ed25519"));
        assertFalse(revoked(krl, 1, "x", other), "of another authority");
    }

    @Test
    void keyIdsAreRevokedExactly() throws Exception {
        Krl krl = KrlReader.read(list("id: Ann's laptop", "-s", "ca.pub"));

        assertTrue(revoked(krl, 5, "Ann's laptop", authority));
        assertFalse(revoked(krl, 5, "ann's laptop", authority));
    }

    @Test
    void theEmptyListIsWhatTheToolReads() throws Exception {
        Files.write(folder.resolve("empty"), Krl.empty());

        keygen.run("-Q", "-f", "empty", "ca.pub");

        assertEquals(0, KrlReader.read(Krl.empty()).count());
    }

    @Test
    void aListCutOffAnywhereIsRefusedUnlessWholeSectionsAreGone() throws Exception {
        byte[] whole = everything();
        int total = KrlReader.read(whole).count();
        int accepted = 0;
        for (int length = 0; length < whole.length; length++) {
            try {
                Krl krl = KrlReader.read(Arrays.copyOf(whole, length));
                assertTrue(krl.count() < total);
                accepted++;
            } catch (WireReader.Malformed e) {
                assertFalse(e.reason().isEmpty());
            }
        }
        assertTrue(accepted <= 5, "only at the ends of sections: " + accepted);
    }

    @Test
    void aListWithAnyByteChangedIsReadOrRefusedButNeverBreaksAnything() throws Exception {
        byte[] whole = everything();
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = whole.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                Krl krl = KrlReader.read(damaged);
                revoked(krl, random.nextLong(), "x", authority);
            } catch (WireReader.Malformed e) {
                assertFalse(e.reason().isEmpty());
            }
        }
    }

    @Test
    void aSignedListIsReadWhenItsSignatureIsRight() throws Exception {
        byte[] unsigned = list("serial: 4", "-s", "ca.pub");
        SigningKey signer = SigningKey.open(folder.resolve("signer"));
        byte[] signed = signed(unsigned, signer);
        Files.write(folder.resolve("signed"), signed);

        Krl krl = KrlReader.read(signed);

        assertEquals(
                List.of(signer.fingerprint()),
                krl.signedBy().stream().map(key -> key.fingerprint().toString()).toList());
        keygen.run("-Q", "-f", "signed", "ca.pub");
        byte[] forged = signed.clone();
        forged[20]++; // the version's number
        assertEquals(
                "its signature is wrong",
                assertThrows(WireReader.Malformed.class, () -> KrlReader.read(forged))
                        .reason());
        byte[] more = new WireWriter().raw(signed).uint8(5).string("").toBytes();
        assertThrows(WireReader.Malformed.class, () -> KrlReader.read(more));
    }

    @Test
    void whatMustBeUnderstoodAndIsNotIsRefused() throws Exception {
        byte[] must =
                new WireWriter().string("new@example.org").uint8(1).string("").toBytes();
        byte[] may =
                new WireWriter().string("new@example.org").uint8(0).string("").toBytes();

        KrlReader.read(new WireWriter().raw(Krl.empty()).uint8(255).string(may).toBytes());
        assertThrows(
                WireReader.Malformed.class,
                () -> KrlReader.read(new WireWriter()
                        .raw(Krl.empty())
                        .uint8(255)
                        .string(must)
                        .toBytes()));
        assertThrows(
                WireReader.Malformed.class,
                () -> KrlReader.read(
                        new WireWriter().raw(Krl.empty()).uint8(77).string("").toBytes()));
        assertThrows(WireReader.Malformed.class, () -> KrlReader.read(new byte[KrlReader.LARGEST + 1]));
    }

    private static byte[] signed(byte[] list, SigningKey signer) {
        byte[] covered = new WireWriter()
                .raw(list)
                .uint8(4)
                .string(KeyBlob.ofLine(signer.publicLine()).bytes())
                .toBytes();
        byte[] signature = new WireWriter()
                .string("ssh-ed25519")
                .string(signer.sign(covered))
                .toBytes();
        return new WireWriter().raw(covered).string(signature).toBytes();
    }

    private byte[] everything() throws Exception {
        return list(
                "serial: 1\nserial: 1000-2000\nserial: 5001\nserial: 5003\nserial: 5005\nserial: 5006\nserial: 5009\n"
                        + "id: someone\nkey: " + keygen.publicKey("a", "-t", "ed25519") + "\nsha1: "
                        + keygen.publicKey("b", "-t", "ed25519")
                        + "\nsha256: "
                        + keygen.publicKey("c", "-t", "ed25519"),
                "-s",
                "ca.pub");
    }

    private static boolean revoked(Krl krl, long serial, String keyId, KeyBlob by) {
        CertificateRecord certificate =
                new CertificateRecord(serial, keyId, by.fingerprint().toString(), Instant.MAX);
        return krl.revokes(certificate, CERTIFIED, by).isPresent();
    }

    private byte[] list(String specification, String... options) throws Exception {
        Files.writeString(folder.resolve("specification"), specification + "\n");
        String[] words = new String[options.length + 4];
        words[0] = "-k";
        words[1] = "-f";
        words[2] = "list";
        System.arraycopy(options, 0, words, 3, options.length);
        words[words.length - 1] = "specification";
        keygen.run(words);
        return Files.readAllBytes(folder.resolve("list"));
    }
}
