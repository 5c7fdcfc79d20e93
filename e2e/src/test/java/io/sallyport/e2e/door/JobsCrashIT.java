package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that is killed in the middle of a build of many jobs. */
class JobsCrashIT {
    private final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 3", "builds.stopGrace: 1s");

    @BeforeEach
    void start() throws Exception {
        gateway.prepare().start().projects("web");
    }

    @AfterEach
    void end() throws Exception {
        gateway.process().kill();
        gateway.close();
    }

    @Test
    void onlyWhatHadNotEndedStartsAnew() throws Exception {
        Signal signal = gateway.signal();
        long id = gateway.admin().submit("web", Source.spec("""
                stages: [build, test, deploy]
                make: {stage: build, script: ["echo $SALLYPORT_BUILD > made"], artifacts: {paths: [made]}}
                fast: {stage: test, script: [cat made]}
                slow: {stage: test, script: ["echo slow begun; %s; cat made"]}
                ship: {stage: deploy, script: [cat made]}
                """.formatted(signal.awaited())));
        try (Running follower = gateway.admin().start("log -f " + id + " job=slow stream=out")) {
            follower.out().await("slow begun\n");
        }
        Await.until("fast to end", () -> state(id, "fast").equals("succeeded"));
        JsonNode before = job(gateway.admin().build(id), "fast");

        gateway.kill().start();

        try (Running follower = gateway.admin().start("log -f " + id + " job=slow")) {
            follower.out().await("the job starts anew");
            signal.give();
            follower.end().exits(0);
        }
        JsonNode build = gateway.admin().ended(id);
        assertEquals("succeeded", build.path("state").asText());
        assertEquals(before, job(build, "fast"));
        assertEquals(1, job(build, "make").path("attempt").asInt());
        assertEquals(2, job(build, "slow").path("attempt").asInt());
        assertEquals(
                id + "\n",
                gateway.admin().run("log " + id + " job=ship stream=out").ok().text());
    }

    @Test
    void aWaitForSomebodyAndOneForATimeOutliveTheGateway() throws Exception {
        long manual = gateway.admin().submit("web", Source.spec("""
                stages: [build, deploy]
                make: {stage: build, script: ["true"]}
                ship: {stage: deploy, when: manual, allow_failure: false, script: ["true"]}
                """));
        long delayed = gateway.admin().submit("web", Source.spec("""
                soon: {when: delayed, start_in: 4 seconds, script: ["true"]}
                """));
        Await.until(
                "both to wait",
                () -> state(manual, "ship").equals("manual")
                        && state(delayed, "soon").equals("delayed"));
        String due = job(gateway.admin().build(delayed), "soon").path("due").asText();

        gateway.kill().start();

        assertEquals("running", gateway.admin().build(manual).path("state").asText());
        JsonNode ended = gateway.admin().ended(delayed);
        assertEquals("succeeded", ended.path("state").asText());
        assertTrue(job(ended, "soon").path("started").asText().compareTo(due) >= 0, ended::toString);
        gateway.admin().run("start " + manual + " ship").ok();
        assertEquals("succeeded", gateway.admin().ended(manual).path("state").asText());
    }

    private String state(long build, String job) throws Exception {
        return job(gateway.admin().build(build), job).path("state").asText();
    }

    private static JsonNode job(JsonNode build, String name) {
        for (JsonNode job : build.path("jobs")) {
            if (job.path("name").asText().equals(name)) {
                return job;
            }
        }
        throw new AssertionError("no job " + name + " in " + build);
    }
}
