package io.sallyport.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a key cannot be read is told as it is. */
class KeyArgumentTest {
    private static final int LONGEST = 100;

    @TempDir
    Path folder;

    @Test
    void oneThatIsThereIsRead() throws Exception {
        assertEquals("ssh-ed25519 A", new KeyArgument(written("ssh-ed25519 A".getBytes()), LONGEST).read());
    }

    @Test
    void oneThatIsNotThereIsToBeMade() {
        assertEquals("it is not there; make one with ssh-keygen -t ed25519", why(folder.resolve("no")));
    }

    @Test
    void aFolderIsNoKeyThatIsMissing() {
        assertEquals(
                "it is a folder, as Docker makes one where a file that is to be mounted is missing; name the file itself",
                why(folder));
    }

    @Test
    void whatIsNoTextIsNoPublicKey() throws Exception {
        assertEquals("it is no text; name the file that ends with .pub", why(written(new byte[] {(byte) 0xff, 0})));
    }

    @Test
    void oneThatIsTooLongIsNotRead() throws Exception {
        Path file = written(new byte[LONGEST + 1]);

        Refused refused = assertThrows(Refused.class, () -> new KeyArgument(file, LONGEST).read());

        assertEquals(file + " is too large for a public key", refused.getMessage());
    }

    private String why(Path file) {
        Refused refused = assertThrows(Refused.class, () -> new KeyArgument(file, LONGEST).read());
        String start = "cannot read the key " + file + ": ";
        String words = String.valueOf(refused.getMessage());
        assertEquals(start, words.substring(0, start.length()));
        return words.substring(start.length());
    }

    private Path written(byte[] bytes) throws Exception {
        return Files.write(folder.resolve("key.pub"), bytes);
    }
}
