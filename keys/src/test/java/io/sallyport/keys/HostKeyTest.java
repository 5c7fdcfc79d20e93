package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeyTest {
    @TempDir
    Path folder;

    private Path file;
    private SshKeygen keygen;

    @BeforeEach
    void names() {
        file = folder.resolve("host_key");
        keygen = new SshKeygen(folder);
    }

    @Test
    void sshKeygenReadsWhatIsMade() throws Exception {
        HostKey made = HostKey.make(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(made.publicLine() + " sallyport", keygen.run("-y", "-f", "host_key"));
        assertEquals(keygen.fingerprint(made.publicLine()), made.fingerprint());
    }

    @Test
    void theLoadedKeyIsTheOneMadeAndSigns() throws Exception {
        HostKey made = HostKey.make(file);
        HostKey loaded = HostKey.load(file);
        assertEquals(made.publicLine(), loaded.publicLine());
        var signer = BuiltinSignatures.ed25519.create();
        signer.initSigner(null, loaded.pair().getPrivate());
        signer.update(null, new byte[] {1, 2, 3});
        byte[] signature = signer.sign(null);
        var verifier = BuiltinSignatures.ed25519.create();
        verifier.initVerifier(null, made.pair().getPublic());
        verifier.update(null, new byte[] {1, 2, 3});
        assertTrue(verifier.verify(null, signature));
    }

    @Test
    void aKeyOfSshKeygenIsRead() throws Exception {
        String line = keygen.publicKey("host_key", "-t", "ed25519", "-C", "");
        assertEquals(line.strip(), HostKey.load(file).publicLine());
    }

    @Test
    void nothingIsEverOverwritten() throws Exception {
        HostKey.make(file);
        byte[] before = Files.readAllBytes(file);
        assertThrows(FileAlreadyExistsException.class, () -> HostKey.make(file));
        assertArrayEquals(before, Files.readAllBytes(file));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        assertThrows(FileAlreadyExistsException.class, () -> HostKey.make(link));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-", "rw------x"})
    void aFileThatOthersMayUseIsRefused(String mode) throws Exception {
        HostKey.make(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        KeyFileException refused = assertThrows(KeyFileException.class, () -> HostKey.load(file));
        assertTrue(refused.reason().contains("chmod 600"), refused.reason());
        assertEquals(file, refused.file());
    }

    @Test
    void whatIsNoUsableKeyIsRefused() throws Exception {
        assertThrows(NoSuchFileException.class, () -> HostKey.load(file));
        refusedWith("", "not one private key");
        refusedWith("hello\n", "not one private key");
        refusedWith("x".repeat(20_000), "too large");
        HostKey.make(folder.resolve("good"));
        String good = Files.readString(folder.resolve("good"));
        refusedWith(good.substring(0, good.length() / 2), "not one private key");
        refusedWith(good.replaceFirst("b3BlbnNzaC1rZXk", "b3BlbnNzaC1rZXl"), "not one private key");
    }

    @Test
    void otherTypesAndPassphrasesAreRefused() throws Exception {
        keygen.publicKey("rsa", "-t", "rsa", "-b", "3072");
        refusedWith(Files.readString(folder.resolve("rsa")), "not an Ed25519 key");
        keygen.run("-q", "-t", "ed25519", "-N", "a passphrase", "-f", "locked");
        refusedWith(Files.readString(folder.resolve("locked")), "without a passphrase");
    }

    private void refusedWith(String text, String reason) throws Exception {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        KeyFileException refused = assertThrows(KeyFileException.class, () -> HostKey.load(file));
        assertTrue(refused.reason().contains(reason), refused.reason());
    }
}
