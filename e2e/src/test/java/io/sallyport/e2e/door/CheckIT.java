package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sallyport admin check}. */
class CheckIT {
    private final GatewayProcess gateway = new GatewayProcess();

    @BeforeEach
    void make() throws Exception {
        gateway.prepare();
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void aFreshStateDirectoryHasNothingToMendAndIsNotChanged() throws Exception {
        List<String> before = StateFiles.of(gateway.home());

        Outcome found = check().ok();

        assertTrue(found.text().contains("only its owner may enter the state directory"), found::text);
        assertTrue(found.text().contains("warning  one administrator only"), found::text);
        assertTrue(found.text().contains("\n0 to mend, "), found::text);
        boolean root = System.getProperty("user.name").equals("root");
        assertTrue(found.text().contains((root ? "warning" : "ok") + "  everything in it belongs to "), found::text);
        List<String> after = new ArrayList<>(StateFiles.of(gateway.home()));
        after.removeIf(file -> file.equals("lock"));
        assertEquals(before, after);
    }

    @Test
    void itMayRunWhileTheGatewayServes() throws Exception {
        gateway.start();

        assertTrue(check().ok().text().contains("the gateway serves"));
    }

    @Test
    void whatOthersCanReadIsNamed() throws Exception {
        Files.setPosixFilePermissions(gateway.home(), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String key : List.of("host_key", "secrets.key")) {
            Files.setPosixFilePermissions(gateway.home().resolve(key), PosixFilePermissions.fromString("rw-r--r--"));
        }

        Outcome found = check().exits(1);

        assertTrue(found.text().contains("ERROR    others may enter"), found::text);
        assertTrue(found.text().contains("ERROR    others may read the key of secrets"), found::text);
        assertTrue(found.text().contains("\n3 to mend, "), found::text);
    }

    @Test
    void wrongSettingsAClockThatIsBehindAndNoSandboxAreNamed() throws Exception {
        Path settings = gateway.home().resolve("sallyport.yml");
        Files.writeString(settings, "\nbuilds.sandbx: none\n", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(settings, FileTime.from(Instant.now().plus(Duration.ofDays(1))));

        Outcome found = check().exits(1);

        assertTrue(found.text().contains("unknown setting 'builds.sandbx'"), found::text);
        assertTrue(found.text().contains("ERROR    the clock says"), found::text);

        Files.writeString(settings, "builds.sandbox: none\nbuilds.network: true\n");
        String unsafe = check().ok().text();
        assertTrue(unsafe.contains("warning  builds.sandbox is none"), unsafe);
        assertTrue(unsafe.contains("warning  builds.network is true"), unsafe);
    }

    @Test
    void anEngineAndCredentialsThatAreNotThereAreNamed() throws Exception {
        Path nowhere = gateway.work().resolve("nowhere");
        Files.writeString(gateway.home().resolve("sallyport.yml"), """
                        builds.executor: docker
                        docker.host: unix://%s
                        docker.credentials: %s
                        """.formatted(nowhere, nowhere));

        Outcome found = check().exits(1);

        assertTrue(found.text().contains("ERROR    there is no engine at unix://" + nowhere), found::text);
        assertTrue(
                found.text()
                        .contains("ERROR    the registry credentials (docker.credentials) cannot be read: " + nowhere
                                + " is not there"),
                found::text);
        assertTrue(found.text().contains("\n2 to mend, "), found::text);
    }

    private Outcome check() throws Exception {
        return GatewayProcess.launcher(
                        "sallyport", "admin", "check", "--home", gateway.home().toString())
                .run();
    }
}
