package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLineTest {
    /** A key made for this test and thrown away. */
    private static final String ED25519 =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfe5Tv4hSjcbl9Y8eK6AcuErvBbLHwEmltNHE6hb1Hj";

    @TempDir
    Path folder;

    private SshKeygen keygen;

    @BeforeEach
    void tools() {
        keygen = new SshKeygen(folder);
    }

    @ParameterizedTest
    @CsvSource({"ed25519, 256", "ecdsa, 256", "ecdsa, 384", "ecdsa, 521", "rsa, 3072", "rsa, 4096"})
    void whatSshKeygenMakesIsAcceptedAndHasTheSameFingerprint(String type, String bits) throws Exception {
        String line = keygen.publicKey("k", "-t", type, "-b", bits, "-C", "anna at home");
        KeyLine.Accepted accepted = accepted(line);
        assertEquals(keygen.fingerprint(line), accepted.key().fingerprint().toString());
        assertEquals("anna at home", accepted.comment());
        assertEquals(line.split(" ")[0], accepted.key().type().sshName());
        assertEquals(line.split(" ")[1], accepted.key().base64());
    }

    @Test
    void keysOfHardwareTokensAreAccepted() throws Exception {
        byte[] ed25519 = Wire.blob(keygen.publicKey("a", "-t", "ed25519"));
        String onToken = new Wire()
                .string("sk-ssh-ed25519@openssh.com")
                .string(Arrays.copyOfRange(ed25519, ed25519.length - 32, ed25519.length))
                .string("ssh:")
                .line("sk-ssh-ed25519@openssh.com");
        assertEquals(
                keygen.fingerprint(onToken),
                accepted(onToken).key().fingerprint().toString());

        byte[] ecdsa = Wire.blob(keygen.publicKey("b", "-t", "ecdsa", "-b", "256"));
        String ecdsaOnToken = new Wire()
                .string("sk-ecdsa-sha2-nistp256@openssh.com")
                .string("nistp256")
                .string(Arrays.copyOfRange(ecdsa, ecdsa.length - 65, ecdsa.length))
                .string("ssh:")
                .line("sk-ecdsa-sha2-nistp256@openssh.com");
        assertEquals(
                keygen.fingerprint(ecdsaOnToken),
                accepted(ecdsaOnToken).key().fingerprint().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s\n",
                "%s\r\n",
                "\r\n\r\n  %s  \r\n\r\n",
                "# my key\n\n%s\n# end\n",
                "\t%s",
                "\uFEFF%s\r\n",
                "%s\r"
            })
    void blanksEmptyLinesAndCommentLinesAroundAreLetPass(String form) {
        assertEquals("", accepted(form.formatted(ED25519)).comment());
        assertEquals("me", accepted(form.formatted(ED25519 + " \t me")).comment());
    }

    @ParameterizedTest
    @CsvSource({
        "'', there is no key in it",
        "'\n# nothing\n', there is no key in it",
        "'ssh-ed25519', only the type",
        "'hello world', unknown type of key 'hello'",
        "'Ssh-Ed25519 AAAA', written in lower case",
        "'ssh-ed25519 AAAA!!!!', is not base64",
        "'ssh-ed25519 AAAA', malformed",
        "'ssh-dss AAAAB3NzaC1kc3MAAACB', too weak",
        "'ssh-ed25519-cert-v01@openssh.com AAAA', a certificate",
        "'SHA256:abc', only a fingerprint",
        "'---- BEGIN SSH2 PUBLIC KEY ----', RFC 4716",
        "'-----BEGIN PUBLIC KEY-----', PEM",
        "'ssh-ed25519 AAAA\u0007', control characters",
    })
    void whatIsNoKeyIsRefusedWithAReason(String text, String reason) {
        assertTrue(refused(text).reason().contains(reason), refused(text).toString());
        assertTrue(!refused(text).hint().isEmpty());
    }

    @Test
    void severalKeysAreRefused() {
        assertTrue(refused(ED25519 + "\n" + ED25519).reason().contains("2 lines where one key is expected"));
    }

    @Test
    void aPrivateKeyIsCalledLeaked() throws Exception {
        keygen.publicKey("k", "-t", "ed25519");
        String openssh = Files.readString(folder.resolve("k"));
        assertTrue(refused(openssh).reason().contains("leaked"));
        keygen.publicKey("r", "-t", "rsa", "-b", "3072", "-m", "PEM");
        assertTrue(refused(Files.readString(folder.resolve("r"))).reason().contains("leaked"));
        assertTrue(refused("x".repeat(20_000) + openssh).reason().contains("leaked"));
        assertTrue(refused("PuTTY-User-Key-File-3: ssh-ed25519").reason().contains("leaked"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"restrict %s", "from=\"10.0.0.0/8\",no-pty %s", "command=\"echo a b\" %s", "cert-authority %s"})
    void optionsAreRefused(String form) {
        assertTrue(refused(form.formatted(ED25519)).reason().contains("options"));
    }

    @Test
    void weakAndHugeRsaIsRefused() throws Exception {
        String weak = keygen.publicKey("k", "-t", "rsa", "-b", "2048");
        assertTrue(refused(weak).reason().contains("RSA with 2048 bits"));
        refused(rsa(BigInteger.valueOf(65537), BigInteger.ONE.shiftLeft(16_999)));
        byte[] sound = Wire.blob(keygen.publicKey("s", "-t", "rsa", "-b", "3072"));
        BigInteger modulus = new BigInteger(1, Arrays.copyOfRange(sound, sound.length - 384, sound.length));
        accepted(rsa(BigInteger.valueOf(65537), modulus));
        assertTrue(refused(rsa(BigInteger.ONE, modulus)).reason().contains("malformed"));
        assertTrue(refused(rsa(BigInteger.valueOf(-3), modulus)).reason().contains("malformed"));
    }

    @Test
    void bytesLeftOverOrMissingAreMalformed() {
        byte[] blob = Wire.blob(ED25519);
        for (int length = 0; length <= blob.length + 4; length++) {
            if (length != blob.length) {
                String line = "ssh-ed25519 " + Base64.getEncoder().encodeToString(Arrays.copyOf(blob, length));
                assertInstanceOf(KeyLine.Refused.class, KeyLine.read(line), "length " + length);
            }
        }
    }

    @Test
    void theTypeMustBeThatOfTheKey() {
        assertTrue(refused(ED25519.replace("ssh-ed25519 ", "ssh-rsa ")).reason().contains("another type"));
        assertTrue(refused(ED25519.replace("ssh-ed25519 ", "ecdsa-sha2-nistp256 "))
                .reason()
                .contains("another type"));
    }

    @Test
    void pointsThatAreNoPublicKeyAreRefused() throws Exception {
        byte[] ecdsa = Wire.blob(keygen.publicKey("b", "-t", "ecdsa", "-b", "256"));
        ecdsa[ecdsa.length - 1] ^= 1;
        String offCurve = "ecdsa-sha2-nistp256 " + Base64.getEncoder().encodeToString(ecdsa);
        assertTrue(refused(offCurve).reason().contains("malformed"));
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        assertTrue(refused(new Wire().string("ssh-ed25519").string(neutral).line("ssh-ed25519"))
                .reason()
                .contains("malformed"));
    }

    @Test
    void longTextsAndCommentsAreRefused() {
        assertTrue(refused(ED25519 + " " + "x".repeat(17_000)).reason().contains("longer than 16384"));
        assertTrue(refused(ED25519 + " " + "x".repeat(300)).reason().contains("comment longer than 256"));
    }

    private static String rsa(BigInteger exponent, BigInteger modulus) {
        return new Wire()
                .string("ssh-rsa")
                .string(exponent.toByteArray())
                .string(modulus.toByteArray())
                .line("ssh-rsa");
    }

    private static KeyLine.Accepted accepted(String text) {
        return assertInstanceOf(KeyLine.Accepted.class, KeyLine.read(text));
    }

    private static KeyLine.Refused refused(String text) {
        return assertInstanceOf(KeyLine.Refused.class, KeyLine.read(text));
    }
}
