package io.sallyport.builds.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import io.sallyport.database.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key file: made once, needed from then on, changed without losing anything. */
class SecretsKeysTest {
    private final SecureRandom random = new SecureRandom();

    private House house;
    private Project web;
    private Build build;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        house = new House(folder);
        web = house.project("web");
        SecretStore secrets = house.secrets();
        House.put(secrets, web, "A", "the first value");
        House.put(secrets, house.project("other"), "B", "the second value");
        build = house.build(web, false, Map.of());
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void withoutItsKeyNothingStarts() throws Exception {
        Path copy = house.folder.resolve("copy");
        Files.move(house.key(), copy);

        refused("is not there");
        SecretsKeys.make(house.key());
        refused("is not the key");
        Files.writeString(house.key(), "not a key\n");
        refused("is damaged");
        Files.writeString(house.key(), "# nothing\n");
        refused("has no key");
        Files.copy(copy, house.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(house.key(), PosixFilePermissions.fromString("rw-r-----"));
        refused("chmod 600");
        Files.setPosixFilePermissions(house.key(), PosixFilePermissions.fromString("rw-------"));
        assertEquals("the first value", given());
    }

    private void refused(String why) {
        SecretsKeyException refused = assertThrows(SecretsKeyException.class, house::secrets);
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertTrue(refused.getMessage().contains(house.key().toString()), refused.getMessage());
    }

    private String given() throws Exception {
        return house.secrets().forJob(build).variables().get("A");
    }

    @Test
    void aNewKeySealsAllAnew() throws Exception {
        String before = Files.readString(house.key());
        List<String> sealed = sealed();

        assertEquals(2, house.keys().change());

        assertNotEquals(before, Files.readString(house.key()));
        assertNotEquals(sealed, sealed());
        assertEquals("the first value", given());
        assertEquals(1, house.secrets().list(web).getFirst().version(), "the value is the same");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(house.key())));
        Files.writeString(house.key(), before);
        refused("is not the key");
    }

    @Test
    void aChangeThatWasCutOffBeforeTheDatabaseIsBroughtToItsEnd() throws Exception {
        KeyRing both = file().load(random).withNew(random);
        file().save(both);

        assertEquals("the first value", given());

        assertEquals(List.of(both.current()), file().load(random).keys());
        assertEquals(List.of(both.current().id()), used());
    }

    @Test
    void aChangeThatWasCutOffBehindTheDatabaseIsBroughtToItsEnd() throws Exception {
        KeyRing before = file().load(random);
        house.keys().change();
        KeyRing now = file().load(random);
        file().save(new KeyRing(List.of(now.current(), before.current())));

        assertEquals("the first value", given());

        assertEquals(now.keys(), file().load(random).keys());
    }

    @Test
    void aFileThatWasNotFinishedIsLetBe() throws Exception {
        Files.writeString(house.folder.resolve("secrets.key.next"), "half a");

        assertEquals("the first value", given());
        assertEquals(2, house.keys().change());
        assertEquals("the first value", given());
        assertFalse(Files.exists(house.folder.resolve("secrets.key.next")));
    }

    @Test
    void aDamagedSecretStopsAChangeBeforeItBegins() throws Exception {
        house.database.write(
                connection -> Sql.update(connection, "UPDATE secrets SET sealed = zeroblob(40) WHERE name = 'B'"));
        String before = Files.readString(house.key());

        DamagedSecretException damaged =
                assertThrows(DamagedSecretException.class, () -> house.keys().change());

        assertEquals("other", damaged.project());
        assertEquals("B", damaged.name());
        assertEquals(before, Files.readString(house.key()));
        assertEquals("the first value", given(), "and stops no start");
        assertEquals(
                List.of("other B"),
                house.keys().forgetLost().stream()
                        .map(place -> place.project() + " " + place.name())
                        .toList());
        assertEquals(1, house.keys().change());
    }

    @Test
    void whatIsLostIsGivenUpWhenThatIsSaid() throws Exception {
        Files.delete(house.key());

        assertEquals(2, house.keys().forgetLost().size());

        assertEquals(0, house.keys().change());
        assertEquals(List.of(), house.secrets().list(web));
    }

    private KeyRingFile file() {
        return new KeyRingFile(house.key());
    }

    private List<String> used() {
        return house.database.read(
                connection -> Sql.list(connection, "SELECT DISTINCT key_id FROM secrets", row -> row.getString(1)));
    }

    private List<String> sealed() {
        return house.database.read(connection ->
                Sql.list(connection, "SELECT hex(sealed) FROM secrets ORDER BY name", row -> row.getString(1)));
    }
}
