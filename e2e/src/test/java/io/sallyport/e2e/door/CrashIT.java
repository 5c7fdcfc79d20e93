package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What was acknowledged outlives the gateway, whatever ends it. */
class CrashIT {
    private final GatewayProcess gateway = new GatewayProcess(
            "limits.unauthenticatedPerSource: 100",
            "builds.atOnce: 4",
            "builds.shutdownGrace: 20s",
            "builds.stopGrace: 1s");

    @BeforeEach
    void start() throws Exception {
        gateway.prepare().start().projects("web");
    }

    @AfterEach
    void end() throws Exception {
        gateway.process().kill();
        gateway.close();
    }

    @RepeatedTest(3)
    void killedInTheMiddleOfTwentySubmissionsItLosesAndDoublesNone(RepetitionInfo repetition) throws Exception {
        byte[] source =
                Source.script("echo done").file("data", new byte[300_000]).tar();
        List<Running> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(gateway.admin().start("submit web labels.n=" + i).give(source));
        }
        int enough = 5 * repetition.getCurrentRepetition();
        Await.until(enough + " acknowledgements", () -> acknowledged(clients).size() >= enough);
        gateway.kill();
        for (Running client : clients) {
            client.end();
        }
        Map<Long, String> acknowledged = acknowledged(clients);

        gateway.start();

        Map<Long, String> builds = new HashMap<>();
        for (JsonNode build : gateway.admin().run("ls").ok().items()) {
            long id = build.path("id").asLong();
            builds.put(id, build.path("labels").path("n").asText());
            assertEquals("succeeded", gateway.admin().ended(id).path("state").asText());
        }
        assertTrue(builds.entrySet().containsAll(acknowledged.entrySet()), builds + " lacks some of " + acknowledged);
        assertEquals(builds.size(), builds.values().stream().distinct().count(), "a submission was built twice");
    }

    @Test
    void aRunningBuildStartsAnewOnceAndQueuedOnesWait() throws Exception {
        Signal signal = gateway.signal();
        Source source = Source.script("echo begun; " + signal.awaited() + "; echo done");
        List<Long> builds = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            builds.add(gateway.admin().submit("web", source));
        }
        long running = builds.getFirst();
        long queued = builds.getLast();
        try (Running follower = gateway.admin().start("log -f " + running)) {
            String seen = follower.out().await("\nbegun\n");
            gateway.kill().start();

            assertEquals(255, follower.end().exit());
            try (Running again =
                    gateway.admin().start("log -f " + running + " offset=" + seen.getBytes("UTF-8").length)) {
                again.out().await("starts anew");
                again.out().await("\nbegun\n");
                assertEquals(
                        "queued", gateway.admin().build(queued).path("state").asText());
                signal.give();

                String rest = again.end().exits(0).text();
                assertEquals(
                        seen + rest, gateway.admin().run("log " + running).ok().text());
            }
        }
        for (long build : builds) {
            assertEquals("succeeded", gateway.admin().ended(build).path("state").asText());
        }
    }

    @Test
    void aBuildThatSawTheGatewayGoDownTwiceIsErrored() throws Exception {
        Signal signal = gateway.signal();
        long build = gateway.admin().submit("web", Source.script("echo begun; " + signal.awaited()));
        for (int life = 1; life <= 2; life++) {
            try (Running follower = gateway.admin().start("log -f " + build + " stream=out")) {
                follower.out().awaitLines(life);
            }
            gateway.kill().start();
        }

        JsonNode ended = gateway.admin().run("wait " + build).exits(5).json();

        assertEquals("errored", ended.path("state").asText());
        assertTrue(ended.path("reason").asText().contains("twice"), ended::toString);
    }

    @Test
    void sigtermLetsRunningBuildsEndAndTakesNoNewOnes() throws Exception {
        Signal signal = gateway.signal();
        try (Running follower = gateway.admin()
                .start(
                        "submit web follow=true",
                        Source.script("echo begun; " + signal.awaited() + "; echo done")
                                .tar())) {
            follower.out().await("\nbegun\n");

            gateway.process().terminate();
            Await.until(
                    "the door to be shut", () -> gateway.admin().run("whoami").exit() == 255);
            signal.give();

            assertTrue(follower.end().exits(0).text().contains("\ndone\n"));
            assertEquals(0, gateway.process().end().exit());
        }
        gateway.start();
        assertEquals("succeeded", gateway.admin().build(1).path("state").asText());
    }

    @Test
    void leftOverFilesAreGoneAfterARestart() throws Exception {
        long build = gateway.admin().submit("web", Source.script("true"));
        gateway.admin().ended(build);
        List<String> before = StateFiles.of(gateway.home());
        byte[] archive = Source.script("true").file("data", new byte[1_000_000]).tar();
        try (Running upload = gateway.admin().start("submit web")) {
            upload.in().write(archive, 0, archive.length / 2);
            upload.in().flush();
            Await.until("a temporary file", () -> !before.equals(StateFiles.of(gateway.home())));
            gateway.kill().start();
        }

        assertEquals(before, StateFiles.of(gateway.home()));
    }

    /** Builds that clients were told of, with the label that they gave. */
    private static Map<Long, String> acknowledged(List<Running> clients) {
        Map<Long, String> told = new HashMap<>();
        for (Running client : clients) {
            String answer = client.out().text();
            if (answer.endsWith("\n")) {
                JsonNode build = Json.line(answer);
                told.put(
                        build.path("id").asLong(),
                        build.path("labels").path("n").asText());
            }
        }
        return told;
    }
}
