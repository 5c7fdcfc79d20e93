package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Builds on a real Swarm of three nodes, of which the first is its manager. */
@Timeout(300)
class SwarmIT {
    private static DockerEngine swarm;

    private GatewayProcess gateway;

    @BeforeAll
    static void startSwarm() throws Exception {
        swarm = DockerEngine.swarm(3);
        for (String node : List.of("n2", "n3")) {
            swarm.docker("node", "update", "--label-add", "io.sallyport.tag.worker=true", node);
        }
        swarm.docker("node", "update", "--label-add", "io.sallyport.tag.third=true", "n3");
    }

    @AfterAll
    static void stopSwarm() throws Exception {
        if (swarm != null) {
            swarm.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        start("1s");
    }

    private void start(String stopGrace) throws Exception {
        gateway = new GatewayProcess(
                "builds.executor: swarm",
                "builds.atOnce: 20",
                "builds.stopGrace: " + stopGrace,
                "docker.host: " + swarm.host(),
                "docker.image: sallyport/busybox",
                "docker.allowedImages: sallyport/* missing/*",
                "docker.pull: never",
                "docker.memory: 64MiB",
                "docker.deadline: 20s",
                "swarm.nodeHost: " + swarm.nodeHosts(),
                "swarm.reservedMemory: 16MiB",
                "swarm.reservedCpus: 0.01",
                "swarm.placementTimeout: 5s");
        gateway.prepare().start().projects("web");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        gateway.close();
        Await.until("nothing to be left", () -> swarm.remainsOfSwarm().isEmpty());
    }

    private String log(long id, String stream) throws Exception {
        return gateway.admin().run("log " + id + " stream=" + stream).ok().text();
    }

    private static JsonNode job(JsonNode build) {
        return build.path("jobs").get(0);
    }

    @Test
    void aJobRunsInItsImageOnANodeOfItsTagsAndLeavesItsArtifacts() throws Exception {
        long id = gateway.admin().submit("web", Source.spec("""
                stages: [make, use]
                make:
                  stage: make
                  image: sallyport/busybox:latest
                  tags: [third]
                  script:
                    - echo in the image; echo on the other stream >&2
                    - mkdir out; cp source.txt out/copy; ln -s /etc/passwd out/link
                  after_script: [echo afterwards, cat out/copy]
                  artifacts: {paths: [out]}
                use: {stage: use, script: [cat out/copy]}
                """).file("source.txt", "from the source\n"));
        JsonNode build = gateway.admin().ended(id);

        assertEquals("succeeded", build.path("state").asText(), build::toString);
        assertEquals("in the image\nafterwards\nfrom the source\nfrom the source\n", log(id, "out"));
        assertEquals("on the other stream\n", log(id, "err"));
        assertEquals("swarm", job(build).path("executor").asText());
        assertEquals("n3", job(build).path("node").asText());
        String image = job(build).path("image").asText();
        assertTrue(image.matches("sallyport/busybox:latest@sha256:[0-9a-f]{64}"), image);
        assertTrue(log(id, "system").contains(", on n3)"), log(id, "system"));
        assertEquals(
                "from the source\n",
                gateway.admin()
                        .run("GET /builds/" + id + "/artifacts/out/copy")
                        .ok()
                        .text());
        String payload = gateway.admin()
                .run("GET /builds/" + id + "/provenance")
                .ok()
                .json()
                .path("payload")
                .asText();
        String provenance = new String(Base64.getDecoder().decode(payload), UTF_8);
        assertTrue(provenance.contains("\"node\":\"n3\""), provenance);
    }

    @Test
    void aJobThatNoNodeTakesIsErroredInTheSwarmsOwnWords() throws Exception {
        long id = gateway.admin().submit("web", Source.spec("job: {tags: [none], script: [echo never]}\n"));
        JsonNode build = gateway.admin().ended(id);

        assertEquals("errored", build.path("state").asText(), build::toString);
        assertTrue(
                job(build)
                        .path("reason")
                        .asText()
                        .contains("no suitable node (scheduling constraints not satisfied on 3 nodes)"),
                build::toString);
        assertEquals("", log(id, "out"));
    }

    @Test
    void aNodeThatIsCutOffCostsOneAttempt() throws Exception {
        long id = gateway.admin()
                .submit("web", Source.spec("job: {tags: [worker], script: [echo begun, sleep 20, echo end]}\n"));
        try (Running follower = gateway.admin().start("log -f " + id + " stream=out")) {
            follower.out().await("begun\n");
        }
        String cut = swarm.docker("service", "ps", "--format", "{{.Node}}", service(id))
                .getFirst();
        swarm.cut(cut);
        try {
            JsonNode build = gateway.admin().ended(id);
            assertEquals("succeeded", build.path("state").asText(), build::toString);
            assertEquals(2, job(build).path("attempt").asInt());
            assertEquals(cut.equals("n2") ? "n3" : "n2", job(build).path("node").asText());
            String system = log(id, "system");
            assertTrue(system.contains("the node " + cut + " is down"), system);
            assertTrue(system.contains("is tried again"), system);
            assertEquals("begun\nbegun\nend\n", log(id, "out"));
            Await.until("the node is seen to be gone", () -> node(cut).equals("down"));
            assertEquals("ready", node("n1"));
        } finally {
            swarm.mend(cut);
        }
        Await.until("the node is seen again", () -> node(cut).equals("ready"));
        Events told = Events.of(gateway.admin(), "type=node.*");
        assertEquals(List.of("node.left", "node.ready"), told.types());
        assertEquals(List.of(cut, cut), told.each("node"));
    }

    private String node(String name) throws Exception {
        for (JsonNode node : gateway.admin().run("GET /nodes").ok().items()) {
            if (node.path("name").asText().equals(name)) {
                return node.path("state").asText();
            }
        }
        return "not there";
    }

    private static String service(long build) throws Exception {
        List<String> found = swarm.docker(
                "service",
                "ls",
                "--quiet",
                "--filter",
                "label=io.sallyport.build=" + build,
                "--filter",
                "label=io.sallyport.role=job");
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    @Test
    void aServiceThatIsRemovedIsTriedAgainOnce() throws Exception {
        long id = gateway.admin().submit("web", Source.spec("job: {script: [echo begun, sleep 5, echo end]}\n"));
        try (Running follower = gateway.admin().start("log -f " + id + " stream=out")) {
            follower.out().await("begun\n");
        }
        swarm.docker("service", "rm", service(id));
        JsonNode build = gateway.admin().ended(id);

        assertEquals("succeeded", build.path("state").asText(), build::toString);
        assertEquals(2, job(build).path("attempt").asInt());
        assertTrue(log(id, "system").contains("is tried again"), log(id, "system"));
    }

    /** Prints numbers on both streams, for some seconds. */
    private static final String NUMBERS =
            "i=0; while [ $i -lt 100 ]; do i=$((i+1)); echo $i; echo -$i >&2; sleep 0.05; done";

    private static String numbers(String before) {
        return IntStream.rangeClosed(1, 100).mapToObj(i -> before + i + "\n").collect(Collectors.joining());
    }

    @Test
    void aBuildGoesOnWhenItsGatewayIsKilled() throws Exception {
        long id = gateway.admin()
                .submit(
                        "web",
                        Source.spec("script:\n  - '" + NUMBERS + "'\n  - echo end\nartifacts: {paths: [f]}\n")
                                .file("f", "kept"));
        try (Running follower = gateway.admin().start("log -f " + id + " stream=out")) {
            follower.out().await("\n20\n");
        }
        gateway.kill().start();
        JsonNode build = gateway.admin().ended(id);

        assertEquals("succeeded", build.path("state").asText(), build::toString);
        assertEquals(1, job(build).path("attempt").asInt());
        assertEquals(numbers("") + "end\n", log(id, "out"));
        assertEquals(numbers("-"), log(id, "err"));
        assertTrue(job(build).path("node").asText().startsWith("n"), build::toString);
        assertEquals(
                "kept",
                gateway.admin().run("GET /builds/" + id + "/artifacts/f").ok().text());
    }

    @Test
    void canceledJobsLeaveNothingWhetherTheyRunOrWait() throws Exception {
        long waiting = gateway.admin().submit("web", Source.spec("job: {tags: [none], script: [echo never]}\n"));
        long running = gateway.admin().submit("web", Source.script("echo begun; trap '' TERM; sleep 4791; sleep 4791"));
        try (Running follower = gateway.admin().start("log -f " + running + " stream=out")) {
            follower.out().await("begun\n");
        }
        for (long id : List.of(waiting, running)) {
            gateway.admin().run("cancel " + id).ok();
            assertEquals("canceled", gateway.admin().ended(id).path("state").asText());
        }
        long late = gateway.admin().submit("web", Source.spec("job: {script: [sleep 4792], timeout: 4 seconds}\n"));
        assertEquals("timedout", gateway.admin().ended(late).path("state").asText());
    }

    @Test
    void manyBuildsAtOnceLeaveNothingAlsoWhenTheirGatewayIsKilled() throws Exception {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(gateway.admin().submit("web", Source.spec("""
                    services: [{name: sallyport/busybox, alias: s, command: [sleep, "1000"]}]
                    script: [echo begun, sleep 12, echo end]
                    """)));
        }
        Await.until(
                "half of them to run",
                () -> ids.stream().filter(id -> begun(id)).count() >= 6);
        gateway.kill().start();
        for (long id : ids) {
            JsonNode build = gateway.admin().ended(id);
            assertEquals("succeeded", build.path("state").asText(), build::toString);
            assertTrue(log(id, "out").endsWith("begun\nend\n"), log(id, "out"));
        }
    }

    /** What the gateway did not come to do it does when it is back: the services of the older build are found by their labels. */
    @Test
    void whatIsSupersededIsRemovedAlsoWhenItsGatewayIsKilledBefore() throws Exception {
        gateway.close();
        start("8s");
        String supersede = "ref=main supersede=one";
        long older = gateway.admin().submit("web", Source.spec("""
                services: [{name: sallyport/busybox, alias: s, command: [sleep, "1000"]}]
                script: ["trap '' TERM; echo begun; while true; do sleep 1; done"]
                """), supersede);
        Await.until("the older to begin", () -> begun(older));
        List<String> services = services(older);
        assertEquals(2, services.size(), services::toString);

        long newer = gateway.admin().submit("web", Source.script("echo newer"), supersede);
        gateway.kill();
        assertEquals(services, services(older));
        gateway.start();

        JsonNode build = gateway.admin().ended(older);
        assertEquals("canceled", build.path("state").asText(), build::toString);
        assertEquals("superseded by build " + newer, build.path("reason").asText());
        assertEquals(newer, build.path("supersededBy").asLong());
        assertEquals("succeeded", gateway.admin().ended(newer).path("state").asText());
        Await.until("the older one's services to be gone", () -> services(older).isEmpty());
    }

    private static List<String> services(long build) throws Exception {
        return swarm.docker("service", "ls", "--quiet", "--filter", "label=io.sallyport.build=" + build).stream()
                .sorted()
                .toList();
    }

    private boolean begun(long id) {
        try {
            return log(id, "out").contains("begun");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
