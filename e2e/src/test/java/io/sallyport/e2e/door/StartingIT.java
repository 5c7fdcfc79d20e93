package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code ./sallyport init} and {@code serve}. */
class StartingIT {
    private static final int WRONG_CONFIGURATION = 78;
    private static final int IN_USE = 75;

    private final GatewayProcess gateway = new GatewayProcess();

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void initMakesAStateDirectoryForItsOwnerOnly() throws Exception {
        gateway.init();

        assertEquals("rwx------", permissions(gateway.home()));
        assertEquals("rw-------", permissions(gateway.home().resolve("host_key")));
        assertEquals("rw-------", permissions(gateway.home().resolve("signing_key")));
        assertTrue(Files.readString(gateway.home().resolve("sallyport.yml")).contains("\n#listen.port: 2222\n"));
    }

    @Test
    void initRefusesToOverwrite() throws Exception {
        gateway.init();
        List<String> before = StateFiles.of(gateway.home());

        Outcome again = init(gateway.home(), gateway.key("other") + ".pub");

        again.exits(WRONG_CONFIGURATION);
        assertTrue(again.errors().contains("is a gateway's already"), again::errors);
        assertTrue(again.errors().contains("serve --home " + gateway.home()), again::errors);
        assertEquals(before, StateFiles.of(gateway.home()));
    }

    @Test
    void initLeavesNothingWhenTheKeyIsNone() throws Exception {
        Path key = gateway.key("other");

        Outcome secret = init(gateway.home(), key.toString());

        secret.exits(WRONG_CONFIGURATION);
        assertTrue(secret.errors().contains("private"), secret::errors);
        assertFalse(Files.exists(gateway.home()));
    }

    @Test
    void servePrintsOneLineAndSigtermEndsItWithZero() throws Exception {
        gateway.init().start();

        Outcome ended = gateway.stop();

        assertEquals("sallyport: listening on 127.0.0.1:" + gateway.port() + "\n", ended.text());
        assertEquals(0, ended.exit());
    }

    @Test
    void serveNeedsInit() throws Exception {
        Outcome refused = gateway.serve(0).run();

        refused.exits(WRONG_CONFIGURATION);
        assertTrue(refused.errors().contains("sallyport init --home " + gateway.home()), refused::errors);
    }

    @Test
    void serveMakesTheSigningKeyThatAnOlderGatewayLacks() throws Exception {
        gateway.prepare();
        Program.shell("rm signing_key signing_key.pub").in(gateway.home()).run().ok();

        gateway.start();

        assertEquals("rw-------", permissions(gateway.home().resolve("signing_key")));
        Outcome line =
                Program.shell("ssh-keygen -y -f signing_key").in(gateway.home()).run();
        assertEquals(
                Files.readString(gateway.home().resolve("signing_key.pub")),
                line.ok().text());
    }

    @Test
    void serveNeedsAnAdministrator() throws Exception {
        gateway.prepare();
        Program.shell("rm keys.sqlite*").in(gateway.home()).run().ok();

        Outcome refused = serve();

        refused.exits(WRONG_CONFIGURATION);
        assertTrue(refused.errors().contains("no administrator"), refused::errors);
    }

    @Test
    void serveTakesNoStateDirectoryThatIsServedAlready() throws Exception {
        gateway.prepare().start();

        Outcome second = serve();

        second.exits(IN_USE);
        assertTrue(second.errors().contains("another gateway"), second::errors);
        gateway.admin().run("whoami").ok();
    }

    @Test
    void aFolderOfTemporaryFilesThatCannotBeUsedIsNamed() throws Exception {
        gateway.prepare();
        List<String> words = gateway.serve(0).words();

        Outcome refused = Program.of("env", "SALLYPORT_JAVA_OPTS=-Djava.io.tmpdir=" + gateway.work() + "/none")
                .with(words.toArray(String[]::new))
                .run();

        refused.exits(WRONG_CONFIGURATION);
        String said = refused.errors();
        assertTrue(said.contains("error: SQLite's library cannot be loaded, since " + gateway.work() + "/none"), said);
        assertTrue(said.contains(" cannot be written to") && said.contains("-Djava.io.tmpdir=DIR"), said);
        assertFalse(said.contains("\tat "), said);
    }

    @Test
    void serveNamesEveryWrongSettingAndTheNearestRightOne() throws Exception {
        gateway.prepare();
        Files.writeString(
                gateway.home().resolve("sallyport.yml"),
                "builds.atOnse: 3\nlimits.loginGrace: soon\nbuilds:\n  queue: 5\n",
                StandardOpenOption.APPEND);

        Outcome refused = serve();

        refused.exits(WRONG_CONFIGURATION);
        String said = refused.errors();
        assertTrue(said.contains("'builds.atOnse', did you mean 'builds.atOnce'"), said);
        assertTrue(said.contains("names are written with dots, such as 'builds.queue: "), said);
        assertTrue(said.contains("limits.loginGrace") && said.contains("soon") && said.contains("20s"), said);
    }

    @Test
    void serveTellsWhenTheAddressIsTaken() throws Exception {
        gateway.prepare().start();
        try (GatewayProcess other = new GatewayProcess()) {
            other.prepare();

            Outcome refused = other.serve(gateway.port()).run();

            refused.exits(WRONG_CONFIGURATION);
            // And nothing else: no build that waits is begun before it is known that somebody can ask for it.
            assertEquals(1, refused.errorLines().size(), refused::errors);
            assertTrue(refused.errors().contains("cannot listen on 127.0.0.1:" + gateway.port()), refused::errors);
        }
    }

    @Test
    void anUnknownOptionIsNamed() throws Exception {
        Outcome refused = GatewayProcess.launcher("sallyport", "serve", "--home", "x", "--prot", "22")
                .run();

        refused.exits(64);
        assertTrue(refused.errors().contains("--prot") && refused.errors().contains("--help"), refused::errors);
    }

    @Test
    void aPortIsANumber() throws Exception {
        Outcome refused = GatewayProcess.launcher("sallyport", "serve", "--home", "x", "--port", "abc")
                .run();

        refused.exits(64);
        assertTrue(refused.errors().contains("from 0 to 65535, not 'abc'"), refused::errors);
    }

    @Test
    void helpAndVersionAreWordsToo() throws Exception {
        assertEquals(said("--version"), said("version"));
        assertEquals(said("--help"), said("help"));
        assertEquals(said("serve", "--help"), said("help", "serve"));
    }

    private static String said(String... words) throws Exception {
        return GatewayProcess.launcher("sallyport", words).run().ok().text();
    }

    @Test
    void theLaunchersWorkThroughLinksFromAnotherFolder() throws Exception {
        Path folder = Files.createDirectory(gateway.work().resolve("another folder"));
        for (String name : List.of("sallyport", "sally")) {
            Files.createSymbolicLink(
                    folder.resolve("first " + name), GatewayProcess.repository().resolve(name));
            Files.createSymbolicLink(folder.resolve(name), Path.of("first " + name));

            Outcome version = Program.shell("./" + name + (name.equals("sally") ? " version" : " --version"))
                    .in(folder)
                    .run();

            assertTrue(version.ok().text().contains(name + " 0."), version::text);
        }
    }

    private Outcome init(Path home, String key) throws Exception {
        return GatewayProcess.launcher("sallyport", "init", "--home", home.toString(), "--admin-key", key)
                .run();
    }

    /** A start that fails, with its words. */
    private Outcome serve() throws Exception {
        Outcome refused = gateway.serve(0).run();
        assertEquals("", refused.text());
        return refused;
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
