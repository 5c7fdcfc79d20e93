package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sallyport admin backup} and {@code restore}: the machine is lost, and what was backed up goes on elsewhere. */
class BackupIT {
    private static final Pattern COPIED = Pattern.compile("of which (\\d+) bytes were copied now");

    private final GatewayProcess gateway = new GatewayProcess();
    private Path backup;

    @BeforeEach
    void serve() throws Exception {
        gateway.prepare().start();
        gateway.projects("web");
        backup = gateway.work().resolve("backup");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void whatWasBackedUpWhileItServedGoesOnAfterTheLossOfAll() throws Exception {
        Ssh ann = gateway.user("ann", "maintainer:web");
        ann.run("PUT /projects/web/secrets/TOKEN", "a-secret-of-some-length").ok();
        Source source = Source.script("echo hello > app; echo built").also("artifacts: {paths: [app]}\n");
        long build = ann.submit("web", source);
        gateway.admin().ended(build);
        List<String> before = state(ann, build);

        Signal signal = gateway.signal();
        long running = ann.submit("web", Source.script("echo begun; " + signal.awaited() + "; echo ended"));
        Await.until("its log begins", () -> ann.run("log " + running).text().contains("begun\n"));
        backup().ok();
        long later = ann.submit("web", Source.script("echo too late"));
        signal.give();
        gateway.admin().ended(running);
        gateway.admin().ended(later);

        gateway.kill();
        Files.move(gateway.home(), gateway.work().resolve("lost"));
        Outcome restored = restore().ok();
        assertTrue(restored.text().contains("all checked"), restored::text);
        assertTrue(restored.text().matches("(?s)restored as of [-0-9T:]+\\.\\d{3}Z .*"), restored::text);
        assertFalse(restored.text().contains("next: ./sallyport"), restored::text);
        GatewayProcess.launcher(
                        "sallyport", "admin", "check", "--home", gateway.home().toString())
                .run()
                .ok();
        gateway.start();

        assertEquals(before, state(ann, build));
        assertEquals("succeeded", gateway.admin().ended(running).path("state").asText());
        assertTrue(ann.run("log " + running).ok().text().contains("ended\n"));
        ann.run("show " + later).exits(66);
        long next = ann.submit("web", Source.script("echo secret $TOKEN"));
        gateway.admin().ended(next);
        assertEquals(later, next);
        assertTrue(ann.run("log " + next).ok().text().contains("secret [masked]\n"), ann.run("log " + next)::text);
    }

    @Test
    void aSecondBackupCopiesWhatIsNew() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        long first = gateway.admin().submit("web", Source.script("true").file("data", large));
        gateway.admin().ended(first);
        assertTrue(copied(backup().ok()) > large.length);

        gateway.admin().ended(gateway.admin().submit("web", Source.script("echo second")));
        assertTrue(copied(backup().ok()) < large.length);

        gateway.kill();
        Files.move(gateway.home(), gateway.work().resolve("lost"));
        restore().ok();
        gateway.start();
        assertEquals(2, gateway.admin().run("ls").ok().items().size());
        gateway.admin().run("GET /builds/" + first + "/source.tar").ok();
    }

    @Test
    void ofADamagedBackupNothingIsMade() throws Exception {
        gateway.admin().ended(gateway.admin().submit("web", Source.script("true")));
        backup().ok();
        gateway.kill();
        Files.move(gateway.home(), gateway.work().resolve("lost"));

        Path blob = blobs().getFirst();
        byte[] good = Files.readAllBytes(blob);
        byte[] bad = good.clone();
        bad[good.length / 2] ^= 1;
        Files.write(blob, bad);
        refused("is damaged");
        Files.delete(blob);
        refused("which a build needs");
        Files.write(blob, good);

        Path key = backup.resolve("host_key");
        byte[] whole = Files.readAllBytes(key);
        Files.write(key, new byte[10]);
        refused("is damaged");
        Files.write(key, whole);

        Path inventory = backup.resolve("backup.json");
        String all = Files.readString(inventory);
        Files.writeString(inventory, all.replaceAll("\\s*\"audit/[^,]*,", ""));
        refused("backup.json does not name " + backup.resolve("audit"));
        Path audit = gateway.work().resolve("audit");
        Files.move(backup.resolve("audit"), audit);
        refused("lacks the audit log");
        Files.move(audit, backup.resolve("audit"));
        Files.writeString(inventory, all.replaceFirst("\"made\" : \"", "$0x"));
        refused("is no time");
        Files.writeString(inventory, all);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(inventory)));
        Path aside = backup.resolve("aside");
        Files.move(inventory, aside);
        refused("is no whole backup");
        Files.writeString(inventory, Files.readString(aside).replace("\"form\" : 1", "\"form\" : 2"));
        refused("this program reads form 1");
        Files.move(aside, inventory, StandardCopyOption.REPLACE_EXISTING);

        restore().ok();
        Outcome again = restore().exits(78);
        assertTrue(again.errors().contains("is not empty"), again::errors);
        gateway.start();
    }

    @Test
    void itIsKeptOutsideOfWhatItCopies() throws Exception {
        backup = gateway.home().resolve("backup");
        assertTrue(backup().exits(78).errors().contains("must be outside of"));
        assertFalse(Files.exists(backup));
    }

    @Test
    void aFolderThatIsNoBackupIsLeftAlone() throws Exception {
        Files.createDirectories(backup.resolve("photos"));
        Files.writeString(backup.resolve("letter"), "dear\n");

        Outcome refused = backup().exits(78);

        assertTrue(refused.errors().contains("choose an empty folder"), refused::errors);
        assertEquals("dear\n", Files.readString(backup.resolve("letter")));
        assertTrue(Files.exists(backup.resolve("photos")));
    }

    @Test
    void oneThatWasCutOffIsMadeAnew() throws Exception {
        backup().ok();
        Files.delete(backup.resolve("backup.json"));
        Files.createFile(backup.resolve("backup.begun"));
        gateway.kill();
        Files.move(gateway.home(), gateway.work().resolve("lost"));
        restore().exits(78);
        Files.move(gateway.work().resolve("lost"), gateway.home());

        backup().ok();
        assertFalse(Files.exists(backup.resolve("backup.begun")));
        Files.move(gateway.home(), gateway.work().resolve("lost"));
        restore().ok();
        gateway.start();
    }

    private void refused(String why) throws Exception {
        Outcome refused = restore().exits(78);
        assertTrue(refused.errors().contains(why), refused::errors);
        assertEquals(1, refused.errors().lines().count(), refused::errors);
        assertFalse(Files.exists(gateway.home()));
    }

    private static List<String> state(Ssh ann, long build) throws Exception {
        JsonNode record = ann.run("show " + build).ok().json();
        return List.of(
                record.toString(),
                ann.run("log " + build).ok().text(),
                ann.run("GET /builds/" + build + "/artifacts/app").ok().text(),
                ann.run("GET /builds/" + build + "/signature").ok().text(),
                ann.run("GET /projects/web/secrets").ok().text(),
                ann.run("keys").ok().text(),
                ann.run("GET /signing-key").ok().text());
    }

    private List<Path> blobs() throws Exception {
        try (Stream<Path> all = Files.walk(backup.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static long copied(Outcome outcome) {
        return COPIED.matcher(outcome.text())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private Outcome backup() throws Exception {
        return GatewayProcess.launcher(
                        "sallyport", "admin", "backup", "--home", gateway.home().toString(), "--to", backup.toString())
                .run();
    }

    private Outcome restore() throws Exception {
        return GatewayProcess.launcher(
                        "sallyport",
                        "admin",
                        "restore",
                        "--from",
                        backup.toString(),
                        "--home",
                        gateway.home().toString())
                .run();
    }
}
