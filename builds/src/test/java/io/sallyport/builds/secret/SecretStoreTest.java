package io.sallyport.builds.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import io.sallyport.builds.secret.SecretPut.Remark;
import io.sallyport.database.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values go in, come out for jobs alone, and lie nowhere in the clear. */
class SecretStoreTest {
    private static final Secret.RulesChange AS_IT_IS =
            new Secret.RulesChange(Optional.empty(), Optional.empty(), Optional.empty());
    private static final String VALUE = "correct horse battery staple";

    private House house;
    private SecretStore secrets;
    private Project web;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        house = new House(folder);
        secrets = house.secrets();
        web = house.project("web");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aJobGetsWhatWasPutAndNobodyElseDoes() throws Exception {
        Secret token = House.put(secrets, web, "TOKEN", VALUE);

        assertEquals(List.of(token), secrets.list(web));
        assertEquals(Optional.of(token), secrets.find(web, "TOKEN"));
        assertEquals("TOKEN", token.name());
        assertEquals(Secret.Rules.USUAL, token.rules());
        assertEquals(64, token.atMost());
        assertEquals("mia", token.updatedBy());
        JobSecrets given = secrets.forJob(house.build(web, false, Map.of()));
        assertEquals(Map.of("TOKEN", VALUE), given.variables());
        assertEquals(Map.of(), given.files());
        assertEquals("a [masked]", given.mask().text("a " + VALUE));
        assertFalse((given + " " + token).contains("correct"));
        assertEquals(List.of(), house.filesWith("correct horse"));
    }

    @Test
    void aFileIsGivenAsItIs() throws Exception {
        House.put(secrets, web, "FILE", "first line\nsecond line\n", new Secret.Rules(false, true, true));

        JobSecrets given = secrets.forJob(house.build(web, false, Map.of()));

        assertEquals(Map.of(), given.variables());
        assertEquals("first line\nsecond line\n", new String(given.files().get("FILE"), UTF_8));
        assertEquals("[masked]", given.mask().text("second line"));
    }

    @Test
    void oneLineEndIsTheShells() throws Exception {
        for (String value : List.of(VALUE, VALUE + "\n", VALUE + "\r\n")) {
            House.put(secrets, web, "TOKEN", value);
            assertEquals(VALUE, given("TOKEN"));
        }
        House.put(secrets, web, "TOKEN", VALUE + "\n\n");
        assertEquals(VALUE + "\n", given("TOKEN"));
    }

    private String given(String name) throws Exception {
        return secrets.forJob(house.build(web, false, Map.of())).variables().get(name);
    }

    @Test
    void rulesStayUntilTheyAreSaidAnew() {
        House.put(secrets, web, "TOKEN", VALUE, new Secret.Rules(true, true, false));

        SecretPut.Stored again = stored("TOKEN", AS_IT_IS, "another value");

        assertEquals(new Secret.Rules(true, true, false), again.secret().rules());
        assertEquals(2, again.secret().version());
        assertFalse(again.fresh());
        Secret.RulesChange open = new Secret.RulesChange(Optional.of(false), Optional.empty(), Optional.empty());
        assertEquals(
                new Secret.Rules(false, true, false),
                stored("TOKEN", open, "another value").secret().rules());
    }

    @Test
    void oneThatIsTooShortToBeHiddenIsShownAsThatUntilItIsLongEnough() {
        assertFalse(House.put(secrets, web, "PIN", "12345ä7 ").hidden());
        assertFalse(secrets.list(web).getFirst().hidden());
        assertFalse(secrets.find(web, "PIN").orElseThrow().hidden());
        assertTrue(secrets.find(web, "PIN").orElseThrow().rules().masked(), "the wish stays");

        Secret longer = stored("PIN", AS_IT_IS, "12345678").secret();

        assertTrue(longer.hidden());
        assertEquals(List.of(longer), secrets.list(web));
        Secret shown = House.put(secrets, web, "SHOWN", VALUE, new Secret.Rules(false, false, false));
        assertFalse(shown.hidden());
        assertEquals(Optional.of(shown), secrets.find(web, "SHOWN"));
    }

    @Test
    void protectedOnesAreForTrustedBuilds() throws Exception {
        House.put(secrets, web, "DEPLOY", VALUE, new Secret.Rules(true, false, true));
        House.put(secrets, web, "TOKEN", "another value");

        JobSecrets trusted = secrets.forJob(house.build(web, true, Map.of()));
        JobSecrets other = secrets.forJob(house.build(web, false, Map.of()));

        assertEquals(Map.of("DEPLOY", VALUE, "TOKEN", "another value"), trusted.variables());
        assertEquals(List.of(), trusted.withheld());
        assertEquals(Map.of("TOKEN", "another value"), other.variables());
        assertEquals(List.of(new JobSecrets.Withheld.Protected("DEPLOY")), other.withheld());
        assertEquals(VALUE, other.mask().text(VALUE), "a mask would tell whether a guess is right");
    }

    @Test
    void whatTheSubmitterGivesComesFirst() throws Exception {
        House.put(secrets, web, "TOKEN", VALUE);

        JobSecrets given = secrets.forJob(house.build(web, false, Map.of("TOKEN", "mine")));

        assertEquals(Map.of(), given.variables());
        assertEquals(List.of(new JobSecrets.Withheld.Overridden("TOKEN")), given.withheld());
    }

    @Test
    void whatIsNotToBeMaskedIsNot() throws Exception {
        House.put(secrets, web, "PLAIN", VALUE, new Secret.Rules(false, false, false));

        JobSecrets given = secrets.forJob(house.build(web, false, Map.of()));

        assertEquals(VALUE, given.variables().get("PLAIN"));
        assertTrue(given.mask().isEmpty());
    }

    @Test
    void aProjectMadeAnewHasNoneAndGivesNoneToTheBuildsBefore() throws Exception {
        House.put(secrets, web, "TOKEN", VALUE);
        Build before = house.build(web, true, Map.of());
        house.projects.remove("web", "root");
        Project anew = house.project("web");

        assertEquals(List.of(), secrets.list(anew));
        House.put(secrets, anew, "TOKEN", "of the new one");
        assertEquals(Map.of(), secrets.forJob(before).variables());
        assertInstanceOf(SecretPut.NoProject.class, secrets.put(web, "TOKEN", AS_IT_IS, VALUE.getBytes(UTF_8), "mia"));
    }

    @Test
    void whatIsRemovedIsGone() throws Exception {
        House.put(secrets, web, "TOKEN", VALUE);

        assertTrue(secrets.remove(web, "TOKEN"));
        assertFalse(secrets.remove(web, "TOKEN"));
        assertEquals(Optional.empty(), secrets.find(web, "TOKEN"));
        assertEquals(Map.of(), secrets.forJob(house.build(web, false, Map.of())).variables());
    }

    @Test
    void boundsAreKept() {
        for (String empty : List.of("", "\n", "\r\n")) {
            assertInstanceOf(SecretPut.Empty.class, put("TOKEN", empty.getBytes(UTF_8)));
        }
        assertInstanceOf(SecretPut.NoText.class, put("TOKEN", "a\0b".getBytes(UTF_8)));
        assertInstanceOf(SecretPut.NoText.class, put("TOKEN", new byte[] {(byte) 0xff, 1, 2}));
        assertEquals(new SecretPut.TooLong(1000), put("TOKEN", "x".repeat(1001).getBytes(UTF_8)));
        assertEquals(List.of(), secrets.list(web));

        assertInstanceOf(SecretPut.Stored.class, put("A", ("x".repeat(1000) + "\n").getBytes(UTF_8)));
        assertInstanceOf(SecretPut.Stored.class, put("B", "x".repeat(1000).getBytes(UTF_8)));
        assertEquals(new SecretPut.TooMuch(2000), put("C", "x".getBytes(UTF_8)));
        assertInstanceOf(SecretPut.Stored.class, put("B", "x".getBytes(UTF_8)));
        assertInstanceOf(SecretPut.Stored.class, put("C", "x".getBytes(UTF_8)));
        assertEquals(new SecretPut.TooMany(3), put("D", "x".getBytes(UTF_8)));
        assertInstanceOf(SecretPut.Stored.class, put("C", "y".getBytes(UTF_8)), "it is there already");
    }

    @Test
    void whatIsHiddenBadlyIsToldOf() {
        assertEquals(List.of(), remarks(VALUE));
        assertEquals(List.of(Remark.TOO_SHORT), remarks("1234567"));
        assertEquals(List.of(Remark.FEW_CHARACTERS), remarks("ababababab"));
        assertEquals(List.of(Remark.SHORT_LINES), remarks("a line that is long\nshort\n\nanother long line"));
        assertEquals(
                List.of(),
                stored("TOKEN", new Secret.RulesChange(Optional.empty(), Optional.empty(), Optional.of(false)), "x")
                        .remarks());
    }

    private List<Remark> remarks(String value) {
        return stored("TOKEN", AS_IT_IS, value).remarks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "_a1", "deploy_key", "CIX", "SALLYPORT"})
    void namesOfVariablesAreNames(String name) {
        assertTrue(Secret.isName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A B", "Ä", "CI", "CI_TOKEN", "SALLYPORT_X", "A\n"})
    void othersAreNot(String name) {
        assertFalse(Secret.isName(name));
        assertFalse(Secret.isName("A".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web B", "other A", "other B"})
    void aValuePutInThePlaceOfAnotherOpensNothing(String from) throws Exception {
        Project other = house.project("other");
        House.put(secrets, web, "A", VALUE);
        House.put(secrets, web, "B", "another value");
        House.put(secrets, other, "A", "of another project");
        House.put(secrets, other, "B", "of another project, too");
        String[] place = from.split(" ");

        sql("UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE name = '" + place[1] + "' AND project_id ="
                + " (SELECT id FROM projects WHERE name = '" + place[0] + "')) WHERE name = 'A' AND project_id = "
                + web.id());

        assertThrows(DamagedSecretException.class, () -> secrets.forJob(house.build(web, true, Map.of())));
        assertEquals(
                2,
                secrets.forJob(house.build(other, true, Map.of())).variables().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protected = 0",
                "file = 1",
                "masked = 0",
                "version = version + 1",
                "name = 'OTHER'",
                "key_id = 'another'",
                "sealed = CAST(sealed || x'00' AS BLOB)",
                "sealed = zeroblob(40)",
                "sealed = x''"
            })
    void aRowThatWasChangedOpensNothing(String change) throws Exception {
        House.put(secrets, web, "DEPLOY", VALUE, new Secret.Rules(true, false, true));

        sql("UPDATE secrets SET " + change);

        DamagedSecretException damaged =
                assertThrows(DamagedSecretException.class, () -> secrets.forJob(house.build(web, true, Map.of())));
        assertEquals(change.contains("OTHER") ? "OTHER" : "DEPLOY", damaged.name());
        assertFalse(damaged.getMessage().contains("horse"));
    }

    private void sql(String text) {
        house.database.write(connection -> Sql.update(connection, text));
    }

    private SecretPut put(String name, byte[] value) {
        return secrets.put(web, name, AS_IT_IS, value, "mia");
    }

    private SecretPut.Stored stored(String name, Secret.RulesChange rules, String value) {
        return (SecretPut.Stored) secrets.put(web, name, rules, value.getBytes(UTF_8), "mia");
    }

    @Test
    void onlyItsOwnerReadsTheKeyFile() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(house.key())));
    }
}
