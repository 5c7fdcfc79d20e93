package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is connected, and how an administrator ends a connection. */
class ConnectionsIT {
    private static final int NO_CONNECTION = 255;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    @Test
    void anAdministratorSeesWhoIsConnectedAndEndsAConnection() throws Exception {
        gateway.projects("web");
        Ssh ann = gateway.user("ann", "builder:web");
        Signal signal = gateway.signal();
        try (Running session = ann.with("-o", "LogLevel=INFO").start("submit web follow=true")) {
            session.give(Source.script("echo begun; " + signal.awaited()).tar())
                    .out()
                    .await("\nbegun\n");

            JsonNode connections = gateway.admin().run("GET /connections").ok().items();
            JsonNode hers = of("ann", connections);
            assertEquals("root", of("root", connections).path("identity").asText(), "the one that asks is there too");
            assertTrue(hers.path("fingerprint").asText().startsWith("SHA256:"), hers::toString);
            assertTrue(hers.path("source").asText().startsWith("127.0.0.1:"), hers::toString);
            assertTrue(hers.path("client").asText().startsWith("SSH-2.0-OpenSSH"), hers::toString);
            assertEquals(1, hers.path("channels").asInt());
            assertTrue(
                    hers.path("bytesIn").asLong() > 0 && hers.path("bytesOut").asLong() > 0, hers::toString);

            gateway.admin()
                    .run("DELETE /connections/" + hers.path("id").asText() + " reason='the disk is changed'")
                    .ok();

            Await.until("the session's end", Duration.ofSeconds(5), () -> !session.alive());
            Outcome ended = session.end().exits(NO_CONNECTION);
            assertTrue(ended.errors().contains("ended by root: the disk is changed"), ended::errors);
        }
        signal.give();
        ann.run("whoami").ok();
    }

    @Test
    void aConnectionThatIsNotThereIsNotFound() throws Exception {
        gateway.admin().run("DELETE /connections/none").problem(404);
    }

    private static JsonNode of(String identity, JsonNode connections) {
        return StreamSupport.stream(connections.spliterator(), false)
                .filter(each -> each.path("identity").asText().equals(identity))
                .findFirst()
                .orElseThrow();
    }
}
