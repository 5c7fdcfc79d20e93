package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bots do not keep people out, nor people bots, and an administrator can always see what goes on and stop it. */
class PoolsIT {
    private static final int NO_CONNECTION = 255;
    private static final int REQUESTS = 2;
    private static final int CONNECTIONS = 4;
    private static final Duration PROMPT = Duration.ofSeconds(2);

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess(
            "limits.connections: " + CONNECTIONS,
            "limits.connectionsOfBots: " + CONNECTIONS,
            "limits.connectionsReserve: 2",
            "limits.requests: " + REQUESTS,
            "limits.requestsOfBots: " + REQUESTS,
            "limits.requestsReserve: 2");

    private final List<Running> flood = new ArrayList<>();
    private long build;

    @BeforeEach
    void aBuildToFollow() throws Exception {
        gateway.projects("web");
        build = gateway.admin()
                .submit("web", Source.script("echo begun; " + gateway.signal().awaited()));
    }

    @AfterEach
    void end() throws Exception {
        for (Running session : flood) {
            session.close();
        }
        Await.until(
                "the end of the flood",
                () -> gateway.admin().run("GET /connections").ok().items().size() == 1);
        gateway.admin().run("cancel " + build);
    }

    @Test
    void underAFloodOfBotsPeopleAndAdministratorsAreAnswered() throws Exception {
        Ssh bot = bot("robot");
        Ssh ann = gateway.user("ann", "builder:web");
        fill(bot);

        JsonNode refused = bot.run("whoami").problem(429);
        assertEquals("too-many-requests", refused.path("type").asText());
        assertTrue(refused.path("retryAfter").asInt() > 0, refused::toString);
        fillConnections(bot);
        Outcome shut = bot.with("-o", "LogLevel=INFO").run("whoami").exits(NO_CONNECTION);
        assertTrue(shut.errors().contains("too many connections (limits.connectionsOfBots)"), shut::errors);

        ann.run("whoami").ok();
        administratorIsAnswered("limits.connectionsOfBots");
    }

    @Test
    void underAFloodOfPeopleAdministratorsAreAnswered() throws Exception {
        Ssh ben = gateway.user("ben", "builder:web");
        Ssh bot = bot("other-robot");
        fill(ben);
        ben.run("whoami").problem(429);
        fillConnections(ben);
        Outcome shut = ben.with("-o", "LogLevel=INFO").run("whoami").exits(NO_CONNECTION);
        assertTrue(shut.errors().contains("too many connections (limits.connections)"), shut::errors);

        bot.run("whoami").ok();
        administratorIsAnswered("limits.connections");
    }

    /** All requests that may run follow a log. */
    private void fill(Ssh who) throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            Running session = who.start("log " + build + " -f");
            flood.add(session);
            session.out().await("begun\n");
        }
    }

    /** All other connections are idle. */
    private void fillConnections(Ssh who) throws Exception {
        for (int i = REQUESTS; i < CONNECTIONS; i++) {
            Running session = who.with("-v", "-N", "-o", "LogLevel=DEBUG1").start("");
            flood.add(session);
            session.err().await("Entering interactive session");
        }
    }

    private void administratorIsAnswered(String limit) throws Exception {
        promptly("queue");
        promptly("GET /connections");
        JsonNode reached = promptly("GET /").json().path("limitsReached");
        assertTrue(reached.path(limit).asLong() > 0, reached::toString);
        assertTrue(reached.path("too-many-requests").asLong() > 0, reached::toString);
        promptly("cancel " + build);
    }

    /** On a machine that has other things to do too, one slow answer of several tells nothing. */
    private static Outcome promptly(String request) throws Exception {
        return Await.found(request + " within 2 s", Duration.ofSeconds(20), () -> {
            long begun = System.nanoTime();
            Outcome outcome = gateway.admin().run(request);
            boolean prompt = System.nanoTime() - begun < PROMPT.toNanos();
            return prompt && (outcome.exit() == 0 || request.startsWith("cancel"))
                    ? Optional.of(outcome)
                    : Optional.empty();
        });
    }

    private static Ssh bot(String name) throws Exception {
        gateway.admin()
                .run(
                        "PUT /identities/" + name,
                        "{\"kind\":\"service\",\"grants\":[{\"role\":\"builder\",\"project\":\"web\"}]}")
                .ok();
        Path key = gateway.key(name);
        gateway.admin()
                .run("POST /identities/" + name + "/keys", Files.readString(Path.of(key + ".pub")))
                .ok();
        return gateway.client(key);
    }
}
