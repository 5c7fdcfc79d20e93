package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the gateway says of itself: on standard error, and as an answer. */
class OwnLogIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("log.format: json");

    @Test
    void eachLineIsAnObjectWithItsFacts() throws Exception {
        gateway.projects("web");
        long build = gateway.admin().submit("web", Source.script("true"));
        gateway.admin().ended(build);

        List<JsonNode> lines = lines();
        JsonNode accepted = lines.stream()
                .filter(line -> line.path("message").asText().equals("build accepted"))
                .findFirst()
                .orElseThrow();
        assertEquals(build, accepted.path("build").asLong());
        assertEquals("web", accepted.path("project").asText());
        assertEquals("INFO", accepted.path("level").asText());
        assertTrue(accepted.path("time").asText().endsWith("Z"));
    }

    @Test
    void aPartCanBeQuietAndSpeakAgain() throws Exception {
        String part = "io.sallyport.gateway.transport";
        JsonNode levels = gateway.admin()
                .run("PUT /log-levels/" + part + " level=off")
                .ok()
                .json();
        assertEquals("off", levels.path(part).asText());
        assertEquals("info", levels.path("io.sallyport").asText());
        Ssh quiet = gateway.user("quiet");
        quiet.run("whoami").ok();
        gateway.admin().run("DELETE /log-levels/" + part).ok();
        assertFalse(gateway.admin().run("GET /log-levels").ok().json().has(part));
        Ssh loud = gateway.user("loud");
        loud.run("whoami").ok();

        Await.until("the log-in is told", () -> logins().contains("loud"));
        assertFalse(logins().contains("quiet"));
    }

    @Test
    void onlyPartsOfTheGatewayCanBeSet() throws Exception {
        gateway.admin().run("PUT /log-levels/org.apache.sshd level=trace").problem(404);
        gateway.admin().run("PUT /log-levels/io.sallyport level=loud").problem(400);
    }

    @Test
    void itSaysHowItIsAndOfWhatItIsMade() throws Exception {
        JsonNode house = gateway.user("ann").run("GET /").ok().json();
        assertEquals("ok", house.path("health").asText());
        assertTrue(house.path("versions").path("java").asText().startsWith("25"), house::toString);
        assertTrue(house.path("versions").path("stateOfBuilds").asInt() > 0);
        gateway.admin().run("PUT /drain").ok();
        assertEquals(
                "draining",
                gateway.admin().run("GET /").ok().json().path("health").asText());
        gateway.admin().run("DELETE /drain").ok();
    }

    private static List<String> logins() throws Exception {
        return lines().stream()
                .filter(line -> line.path("message").asText().equals("login"))
                .map(line -> line.path("identity").asText())
                .toList();
    }

    private static List<JsonNode> lines() throws Exception {
        return gateway.log()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::document)
                .toList();
    }
}
