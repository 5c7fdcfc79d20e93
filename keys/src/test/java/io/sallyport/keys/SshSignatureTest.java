package io.sallyport.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshSignatureTest {
    private static final String NAMESPACE = "sallyport-artifacts";
    private static final byte[] MESSAGE = "what was made\n".getBytes(UTF_8);

    @TempDir
    Path folder;

    private SigningKey key;
    private SshKeygen keygen;

    @BeforeEach
    void key() throws IOException {
        key = SigningKey.open(folder.resolve("signing_key"));
        keygen = new SshKeygen(folder);
        Files.writeString(
                folder.resolve("signers"), "gate namespaces=\"" + NAMESPACE + "\" " + key.publicLine() + "\n");
    }

    @Test
    void sshKeygenVerifiesWhatIsSigned() throws Exception {
        String signature = key.sign(NAMESPACE, MESSAGE);
        assertTrue(verified(signature, NAMESPACE, MESSAGE).contains(key.fingerprint()));
        assertEquals(Optional.empty(), SshSignature.fault(signature, key.publicLine(), NAMESPACE, MESSAGE));
        Files.writeString(folder.resolve("sig"), signature);
        Files.write(folder.resolve("message"), MESSAGE);
        String out = keygen.runWithInput("message", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", "sig");
        assertTrue(out.startsWith("Good \"" + NAMESPACE + "\" signature"), out);
    }

    @Test
    void messagesOfAnySizeAreSigned() throws Exception {
        for (int size : new int[] {0, 1, 127, 128, 3_000_000}) {
            byte[] message = new byte[size];
            new Random(size).nextBytes(message);
            verified(key.sign(NAMESPACE, message), NAMESPACE, message);
        }
    }

    @Test
    void theTextIsLaidOutAsSshKeygenDoes() throws Exception {
        Files.write(folder.resolve("message"), MESSAGE);
        keygen.run("-q", "-Y", "sign", "-f", "signing_key", "-n", NAMESPACE, "message");
        assertEquals(Files.readString(folder.resolve("message.sig")), key.sign(NAMESPACE, MESSAGE));
    }

    @Test
    void sshKeygenRefusesOtherMessagesNamespacesAndKeys() throws Exception {
        String signature = key.sign(NAMESPACE, MESSAGE);
        assertThrows(IOException.class, () -> verified(signature, NAMESPACE, "what was mode\n".getBytes(UTF_8)));
        assertThrows(IOException.class, () -> verified(signature, "file", MESSAGE));
        assertThrows(IOException.class, () -> verified(key.sign("file", MESSAGE), "file", MESSAGE));
        SigningKey other = SigningKey.open(folder.resolve("other"));
        assertThrows(IOException.class, () -> verified(other.sign(NAMESPACE, MESSAGE), NAMESPACE, MESSAGE));
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        String signature = key.sign(NAMESPACE, MESSAGE);
        assertFault("not the one that was signed", signature, NAMESPACE, new byte[0]);
        assertFault("another namespace", signature, "file", MESSAGE);
        assertFault(
                "another key", SigningKey.open(folder.resolve("other")).sign(NAMESPACE, MESSAGE), NAMESPACE, MESSAGE);
        assertFault("not an armoured", "", NAMESPACE, MESSAGE);
        assertFault("not an armoured", signature + "x".repeat(5000), NAMESPACE, MESSAGE);
        keygen.publicKey("rsa", "-t", "rsa", "-b", "3072");
        Files.write(folder.resolve("message"), MESSAGE);
        keygen.run("-q", "-Y", "sign", "-f", "rsa", "-n", NAMESPACE, "message");
        assertFault("another key", Files.readString(folder.resolve("message.sig")), NAMESPACE, MESSAGE);
    }

    @Test
    void noByteOfASignatureCanBeChangedOrCutOff() {
        String signature = key.sign(NAMESPACE, MESSAGE);
        byte[] blob = blob(signature);
        for (int at = 0; at < blob.length; at++) {
            byte[] flipped = blob.clone();
            flipped[at] ^= 1;
            assertFault("", armoured(flipped), NAMESPACE, MESSAGE);
            flipped[at] = (byte) ~blob[at];
            assertFault("", armoured(flipped), NAMESPACE, MESSAGE);
            assertFault("", armoured(Arrays.copyOf(blob, at)), NAMESPACE, MESSAGE);
        }
        assertFault("", armoured(Arrays.copyOf(blob, blob.length + 1)), NAMESPACE, MESSAGE);
        assertEquals(Optional.empty(), SshSignature.fault(armoured(blob), key.publicLine(), NAMESPACE, MESSAGE));
    }

    @Test
    void aVerifierNeedsAnEd25519Key() throws Exception {
        String signature = key.sign(NAMESPACE, MESSAGE);
        String rsa = keygen.publicKey("rsa", "-t", "rsa", "-b", "3072");
        for (String line : new String[] {"", "ssh-ed25519", rsa}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SshSignature.fault(signature, line, NAMESPACE, MESSAGE),
                    line);
        }
    }

    private void assertFault(String part, String signature, String namespace, byte[] message) {
        Optional<String> fault = SshSignature.fault(signature, key.publicLine(), namespace, message);
        assertTrue(fault.isPresent() && fault.get().contains(part), () -> part + ": " + fault);
    }

    private String verified(String signature, String namespace, byte[] message) throws IOException {
        Files.writeString(folder.resolve("sig"), signature);
        Files.write(folder.resolve("message"), message);
        return keygen.runWithInput(
                "message", "-Y", "verify", "-f", "signers", "-I", "gate", "-n", namespace, "-s", "sig");
    }

    private static byte[] blob(String signature) {
        return Base64.getMimeDecoder().decode(signature.replaceAll("-----[A-Z ]*-----", ""));
    }

    private static String armoured(byte[] blob) {
        return "-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getEncoder().encodeToString(blob)
                + "\n-----END SSH SIGNATURE-----\n";
    }
}
