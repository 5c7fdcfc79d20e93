package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file beside the database without which there are no secrets. */
class SecretsKeyIT {
    private static final String VALUE = "a value that is sealed";

    private final GatewayProcess gateway = new GatewayProcess();
    private Path key;

    @BeforeEach
    void serveOneSecret() throws Exception {
        gateway.prepare().start().projects("web");
        gateway.admin().run("PUT /projects/web/secrets/TOKEN", VALUE).ok();
        key = gateway.home().resolve("secrets.key");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void withoutItTheGatewayDoesNotStart() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        gateway.stop();
        Path copy = gateway.work().resolve("copy");
        Files.move(key, copy);

        Outcome missing = gateway.serve(0).run();
        assertNotEquals(0, missing.exit());
        assertTrue(missing.errors().contains("key file " + key + ": is not there"), missing.errors());
        assertTrue(missing.errors().contains("--forget-lost"), missing.errors());

        Program.shell("{ echo '# another'; head -c 32 /dev/urandom | base64; } > " + key + "; chmod 600 " + key)
                .run()
                .ok();
        Outcome wrong = gateway.serve(0).run();
        assertNotEquals(0, wrong.exit());
        assertTrue(wrong.errors().contains("key file " + key + ": is not the key"), wrong.errors());

        Files.copy(copy, key, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        gateway.start();
        assertGiven();
    }

    @Test
    void itIsChangedWhileNoGatewayServes() throws Exception {
        String before = Files.readString(key);
        Outcome serving = rotate();
        assertEquals(75, serving.exit(), serving.errors());
        gateway.stop();

        Outcome changed = rotate().ok();

        assertTrue(changed.text().startsWith("1 secret is sealed with a new key: " + key + "\n"), changed.text());
        assertNotEquals(before, Files.readString(key));
        gateway.start();
        assertGiven();
    }

    @Test
    void whatIsLostCanBeGivenUp() throws Exception {
        gateway.stop();
        Files.delete(key);

        assertTrue(rotate().errors().contains("is not there"));
        Outcome given = rotate("--forget-lost").ok();

        assertTrue(given.text().startsWith("removed: TOKEN of web\n0 secrets are sealed"), given.text());
        gateway.start();
        assertEquals(0, gateway.admin().run("GET /projects/web/secrets").items().size());
    }

    @Test
    void aRecordThatWasChangedEndsTheJobBeforeItBegins() throws Exception {
        Program.need("sqlite3");
        gateway.admin()
                .run("PUT /projects/web/secrets/OTHER", "another that is sealed")
                .ok();
        gateway.stop();
        Program.of("sqlite3", gateway.home().resolve("db.sqlite").toString(), """
                UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE name = 'OTHER') WHERE name = 'TOKEN'""")
                .run()
                .ok();
        gateway.start();

        long build = gateway.admin().submit("web", Source.script("echo never"));
        JsonNode ended = gateway.admin().ended(build);

        assertEquals("errored", ended.path("state").asText());
        String log = gateway.admin().run("log " + build).ok().text();
        assertTrue(log.contains("the secret TOKEN of web cannot be opened"), log);
        assertFalse(log.contains("never"), log);
        gateway.admin().run("PUT /projects/web/secrets/TOKEN", VALUE).ok();
        assertGiven();
    }

    private Outcome rotate(String... options) throws Exception {
        return GatewayProcess.launcher("sallyport", "admin", "rotate-secrets-key")
                .with("--home", gateway.home().toString())
                .with(options)
                .run();
    }

    private void assertGiven() throws Exception {
        Source source = Source.script("[ \"$TOKEN\" = '" + VALUE + "' ]");
        gateway.admin().run("submit web follow=true", source.tar()).ok();
    }
}
