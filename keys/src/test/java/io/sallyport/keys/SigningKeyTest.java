package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    @TempDir
    Path folder;

    private Path file;
    private SshKeygen keygen;

    @BeforeEach
    void names() {
        file = folder.resolve("signing_key");
        keygen = new SshKeygen(folder);
    }

    @Test
    void theKeyIsMadeOnceAndForItsOwnerAlone() throws Exception {
        SigningKey made = SigningKey.open(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(made.publicLine(), SigningKey.open(file).publicLine());
        assertEquals(made.fingerprint(), keygen.fingerprint(made.publicLine()));
    }

    @Test
    void thePublicFileTellsTheKey() throws Exception {
        SigningKey.open(file);
        String line = keygen.run("-y", "-f", "signing_key");
        Path publicFile = folder.resolve("signing_key.pub");
        assertEquals(line + "\n", Files.readString(publicFile));
        Files.delete(publicFile);
        SigningKey.open(file);
        assertEquals(line + "\n", Files.readString(publicFile));
        Files.writeString(publicFile, "of another key");
        SigningKey.open(file);
        assertEquals(line + "\n", Files.readString(publicFile));
    }

    @Test
    void aKeyOfSshKeygenIsTakenWithItsComment() throws Exception {
        String line = keygen.publicKey("signing_key", "-t", "ed25519", "-C", "release team");
        assertTrue(line.startsWith(SigningKey.open(file).publicLine() + " "));
        assertEquals(line, Files.readString(folder.resolve("signing_key.pub")).strip());
    }

    @Test
    void aFileThatCannotBeTrustedIsRefusedAndLeftAlone() throws Exception {
        SigningKey.open(file);
        byte[] before = Files.readAllBytes(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        KeyFileException refused = assertThrows(KeyFileException.class, () -> SigningKey.open(file));
        assertTrue(refused.reason().contains("chmod 600"), refused.reason());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void bareSignaturesAreThoseOfTheStandard() throws Exception {
        SigningKey key = SigningKey.open(file);
        byte[] message = {1, 2, 3};
        byte[] signature = key.sign(message);
        byte[] blob = Wire.blob(key.publicLine());
        assertEquals(64, signature.length);
        assertTrue(Ed25519.verify(signature, 0, blob, blob.length - 32, message, 0, message.length));
    }
}
