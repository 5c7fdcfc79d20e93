package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real engine whose daemon is killed, by SIGKILL, with twenty builds on it. */
@Timeout(400)
class EngineCrashIT {
    private static final int BUILDS = 20;
    private static final String SERVICE =
            "services: [{name: sallyport/busybox, alias: s, command: [sleep, \"1000\"]}]\n";

    private static DockerEngine engine;

    private GatewayProcess gateway;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = DockerEngine.start();
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayProcess(
                "builds.executor: docker",
                "builds.atOnce: " + BUILDS,
                "builds.stopGrace: 1s",
                "docker.host: " + engine.host(),
                "docker.image: sallyport/busybox",
                "docker.pull: never",
                "docker.memory: 64MiB");
        gateway.prepare().start().projects("web");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    private List<Long> submitted(String spec) throws Exception {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < BUILDS; i++) {
            ids.add(gateway.admin().submit("web", Source.spec(spec)));
        }
        return ids;
    }

    private String log(long id, String stream) throws Exception {
        return gateway.admin().run("log " + id + " stream=" + stream).ok().text();
    }

    /** The containers of jobs that run their attempt of that number. */
    private static List<String> jobs(int attempt) throws Exception {
        return engine.docker(
                "ps",
                "--quiet",
                "--filter",
                "label=io.sallyport.role=job",
                "--filter",
                "label=io.sallyport.attempt=" + attempt);
    }

    /** Builds that wait for a file, each of which has begun. */
    private List<Long> begun() throws Exception {
        List<Long> ids = submitted(SERVICE + "script: [echo begun, until test -e go; do sleep 0.2; done, echo end]\n");
        for (long id : ids) {
            Await.until("build " + id + " to begin", () -> log(id, "out").equals("begun\n"));
        }
        return ids;
    }

    private void secondAttemptsSucceed(List<Long> ids) throws Exception {
        Await.until("second attempts", () -> jobs(2).size() == BUILDS);
        for (String container : jobs(2)) {
            engine.docker("exec", container, "touch", "/build/workspace/go");
        }
        for (long id : ids) {
            JsonNode build = gateway.admin().ended(id);
            assertEquals("succeeded", build.path("state").asText(), build::toString);
            assertEquals(2, build.path("jobs").get(0).path("attempt").asInt(), build::toString);
            assertTrue(log(id, "system").contains("is tried again"), log(id, "system"));
        }
        Await.until("nothing to be left", () -> engine.remains().isEmpty());
    }

    @Test
    void itsBuildsAreTriedAgainOnceAndNothingIsLeft() throws Exception {
        List<Long> ids = begun();
        engine.kill();
        engine.startAgain();
        secondAttemptsSucceed(ids);
        for (long id : ids) {
            assertEquals("begun\nbegun\nend\n", log(id, "out"));
        }
    }

    /** No services: a daemon of Docker 20.10 that is killed while it makes a network does not start again by itself. */
    @Test
    void whateverItWasAskedForAtThatMomentIsGoneToo() throws Exception {
        List<Long> ids = submitted("script: [echo begun, sleep 1, echo end]\n");
        Await.until("some to run", () -> jobs(1).size() >= 3);
        engine.kill();
        engine.startAgain();
        for (long id : ids) {
            JsonNode build = gateway.admin().ended(id);
            assertEquals("succeeded", build.path("state").asText(), build::toString);
            assertTrue(build.path("jobs").get(0).path("attempt").asInt() <= 2, build::toString);
            assertTrue(log(id, "out").endsWith("begun\nend\n"), log(id, "out"));
        }
        Await.until("nothing to be left", () -> engine.remains().isEmpty());
    }

    /** As after a power cut: the gateway is up some seconds before the engine. */
    @Test
    void aGatewayThatIsBackBeforeItsEngineWaitsForIt() throws Exception {
        List<Long> ids = begun();
        gateway.kill();
        engine.kill();
        gateway.start();
        engine.startAgain();
        secondAttemptsSucceed(ids);
    }
}
