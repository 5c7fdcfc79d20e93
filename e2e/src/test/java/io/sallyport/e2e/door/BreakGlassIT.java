package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sallyport admin grant-once}: the way in when every other one is lost. */
class BreakGlassIT {
    private static final int WRONG = 78;
    private static final int NOT_LET_IN = 255;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    @Test
    void aKeyIsLetInAsAdministratorAndItsConnectionsEndWithItsTime() throws Exception {
        Path key = gateway.key("rescue");

        Outcome granted = grant(key, "--minutes", "5").ok();

        assertTrue(granted.text().contains("administrator break-glass until "), granted::text);
        Ssh rescue = gateway.client(key);
        assertEquals(
                "break-glass", rescue.run("whoami").ok().json().path("identity").asText());
        rescue.run("GET /identities").ok();
        rescue.run("GET /builds/1").problem(404);
        assertTrue(gateway.log().contains("BREAK-GLASS granted"));
        assertTrue(gateway.log().contains("reason=\"all laptops stolen\""));

        overtake();
        Await.until("the key to be refused", () -> rescue.run("whoami").exit() == NOT_LET_IN);
        assertTrue(gateway.log().contains("BREAK-GLASS ended"));
        String audit = gateway.user("olga", "auditor").run("GET /audit").ok().text();
        assertTrue(audit.contains("\"type\":\"break-glass\"") && audit.contains("all laptops stolen"), audit);
        assertTrue(audit.contains("\"type\":\"break-glass-ended\""), audit);
        gateway.admin().run("GET /identities/break-glass").problem(404);
    }

    @Test
    void whoHasBeenRemovedStaysSoAlsoWhenTheGatewayStartsAnew() throws Exception {
        Path key = gateway.key("removed");
        grant(key, "--minutes", "5").ok();
        Ssh rescue = gateway.client(key);
        rescue.run("whoami").ok();

        gateway.admin().run("DELETE /identities/break-glass").ok();
        assertEquals(NOT_LET_IN, rescue.run("whoami").exit());
        gateway.stop();
        gateway.start();
        assertEquals(NOT_LET_IN, rescue.run("whoami").exit());
        Await.until("its end to be told", () -> gateway.log().contains("BREAK-GLASS ended"));
        assertTrue(Files.notExists(gateway.home().resolve("break-glass.json")));
        gateway.admin().run("GET /identities/break-glass").problem(404);

        // The same key can be let in once more, by whoever owns the state directory.
        grant(key, "--minutes", "5").ok();
        rescue.run("whoami").ok();
        gateway.admin().run("DELETE /identities/break-glass").ok();
        Await.until("the file to go", () -> Files.notExists(gateway.home().resolve("break-glass.json")));
    }

    @Test
    void aKeyThatIsTakenAwayOrLockedStaysSoAndTheGrantGoesOnOverARestart() throws Exception {
        Path key = gateway.key("taken");
        grant(key, "--minutes", "5").ok();
        Ssh rescue = gateway.client(key);
        gateway.stop();
        gateway.start();
        rescue.run("whoami").ok();

        String fingerprint = gateway.admin()
                .run("GET /identities/break-glass")
                .ok()
                .json()
                .path("keys")
                .get(0)
                .path("fingerprint")
                .asText();
        gateway.admin().run("DELETE /keys/" + fingerprint).ok();
        gateway.stop();
        gateway.start();
        assertEquals(NOT_LET_IN, rescue.run("whoami").exit());
        gateway.admin().run("DELETE /identities/break-glass").ok();
        Await.until("the file to go", () -> Files.notExists(gateway.home().resolve("break-glass.json")));
    }

    @Test
    void aKeyThatIsKnownAlreadyIsRefusedWithTheReason() throws Exception {
        gateway.user("someone");

        Outcome refused = grant(gateway.work().resolve("someone"));

        refused.exits(WRONG);
        assertTrue(refused.errors().contains("known already"), refused::errors);
        gateway.admin().run("GET /identities/break-glass").problem(404);
    }

    @Test
    void anHourIsTheMost() throws Exception {
        grant(gateway.key("long"), "--minutes", "61").exits(WRONG);
    }

    @Test
    void whatIsNoKeyIsRefused() throws Exception {
        Path file = Files.writeString(gateway.work().resolve("none.pub"), "nonsense\n");

        Outcome refused = grant(Path.of(file.toString().replaceFirst("\\.pub$", "")));

        refused.exits(WRONG);
        assertTrue(refused.errors().contains("refused: "), refused::errors);
    }

    /** As if the time of the grant had passed: the file is what the gateway goes by. */
    private static void overtake() throws Exception {
        Path file = gateway.home().resolve("break-glass.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"until\":\"[^\"]*\"", "\"until\":\"" + Instant.now() + "\""));
    }

    private static Outcome grant(Path key, String... more) throws Exception {
        return GatewayProcess.launcher("sallyport", "admin", "grant-once")
                .with("--home", gateway.home().toString(), "--key", key + ".pub", "--reason", "all laptops stolen")
                .with(more)
                .run();
    }
}
