package io.sallyport.gateway.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.secret.SecretsKeys;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import io.sallyport.gateway.settings.StateDirectory;
import io.sallyport.keys.HostKey;
import io.sallyport.keys.SigningKey;
import io.sallyport.keys.SqliteIdentityStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that say of themselves what is not so. */
class StateRestoreTest {
    @TempDir
    private Path root;

    private Path backup;
    private StateDirectory from;
    private StateDirectory to;

    @BeforeAll
    static void cryptography() {
        Security.addProvider(new BouncyCastleProvider());
    }

    @BeforeEach
    void backup() throws Exception {
        backup = root.resolve("backup");
        from = new StateDirectory(root.resolve("from"));
        to = new StateDirectory(root.resolve("to"));
        from.create();
        SqliteIdentityStore.open(from.keysDatabase()).close();
        Database.open(from.buildsDatabase(), Schema.MIGRATIONS).close();
        SigningKey.open(from.signingKey());
        SigningKey.open(from.userCaKey(), StateDirectory.USER_CA);
        SecretsKeys.make(from.secretsKey());
        HostKey.make(from.hostKey());
        Files.writeString(Files.createDirectories(from.logs()).resolve("1"), "a log");
        new StateBackup(from, backup).make("0", Instant.EPOCH);
    }

    @Test
    void whatIsAsItWasMadeIsRestored() throws IOException {
        assertEquals(Instant.EPOCH, new StateRestore(backup, to).make().made());
        assertEquals("a log", Files.readString(to.logs().resolve("1")));
    }

    @ParameterizedTest
    @CsvSource({
        "\"1970-01-01T00:00:00Z\", \"yesterday\", its \"made\" is no time: 'yesterday'",
        "\"1970-01-01T00:00:00Z\", 7, its \"made\" is no time: '7'",
        "logs/1, logs/\\u0000, it names a file that cannot be",
        "\"files\", files, is damaged: "
    })
    void damagedInventoryIsSaid(String good, String bad, String what) throws IOException {
        inventory(text -> text.replace(good, bad));

        refused(what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secrets.key", "signing_key", "user_ca_key", "host_key", "keys.sqlite", "db.sqlite"})
    void inventoryThatLacksWhatEachBackupHasIsNone(String name) throws IOException {
        inventory(text -> text.replaceFirst("\"" + name + "\"", "\"other\""));

        refused("backup.json does not name " + name + ", which each has");
    }

    @Test
    void fileThatIsNotInTheInventoryIsNamed() throws IOException {
        inventory(text -> text.replaceFirst(",\\s*\"logs/1\" : \"[0-9a-f]*\"", ""));

        refused("backup.json does not name " + backup.resolve("logs/1"));
    }

    @Test
    void stateThatLacksWhatEveryGatewayHasIsNotBackedUp() throws IOException {
        Files.delete(from.signingKey());

        IOException refused =
                assertThrows(IOException.class, () -> new StateBackup(from, backup).make("0", Instant.EPOCH));

        assertTrue(String.valueOf(refused.getMessage()).contains(" has no signing_key: "), refused::getMessage);
        assertFalse(Files.exists(backup.resolve(Inventory.FILE)));
    }

    private void inventory(UnaryOperator<String> change) throws IOException {
        Path file = backup.resolve(Inventory.FILE);
        String good = Files.readString(file);
        String bad = change.apply(good);
        assertFalse(bad.equals(good), good);
        Files.writeString(file, bad);
    }

    private void refused(String why) {
        IOException refused = assertThrows(IOException.class, () -> new StateRestore(backup, to).make());

        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::getMessage);
        assertFalse(Files.exists(to.root()));
    }
}
