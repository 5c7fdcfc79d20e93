package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Builds in containers, on a real engine. */
@Timeout(300)
class DockerIT {
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
                "builds.atOnce: 20",
                "builds.stopGrace: 1s",
                "docker.host: " + engine.host(),
                "docker.image: sallyport/busybox",
                "docker.allowedImages: sallyport/* missing/*",
                "docker.pull: never",
                "docker.memory: 64MiB",
                "docker.deadline: 20s");
        gateway.prepare().start().projects("web");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        gateway.close();
        assertEquals(List.of(), engine.remains());
    }

    private Outcome built(Source source) throws Exception {
        return gateway.admin().run("submit web follow=true", source.tar());
    }

    private String log(long id, String stream) throws Exception {
        return gateway.admin().run("log " + id + " stream=" + stream).ok().text();
    }

    @Test
    void aJobRunsInItsImageAndLeavesItsArtifacts() throws Exception {
        long id = gateway.admin().submit("web", Source.spec("""
                stages: [make, use]
                make:
                  stage: make
                  image: sallyport/busybox:latest
                  script:
                    - echo in the image; echo on the other stream >&2
                    - mkdir out; cp source.txt out/copy; ln -s /etc/passwd out/link
                  after_script: [echo afterwards]
                  artifacts: {paths: [out]}
                use: {stage: use, script: [cat out/copy]}
                """).file("source.txt", "from the source\n"));
        JsonNode build = gateway.admin().ended(id);

        assertEquals("succeeded", build.path("state").asText(), build::toString);
        assertEquals("in the image\nafterwards\nfrom the source\n", log(id, "out"));
        assertEquals("on the other stream\n", log(id, "err"));
        String image = build.path("jobs").get(0).path("image").asText();
        assertTrue(image.matches("sallyport/busybox:latest@sha256:[0-9a-f]{64}"), image);
        assertEquals("docker", build.path("jobs").get(0).path("executor").asText());
        assertEquals(
                "from the source\n",
                gateway.admin()
                        .run("GET /builds/" + id + "/artifacts/out/copy")
                        .ok()
                        .text());
        assertTrue(gateway.admin()
                        .run("GET /builds/" + id + "/provenance")
                        .ok()
                        .text()
                        .length()
                > 0);
    }

    @Test
    void aJobIsNobodyAndReachesNothing() throws Exception {
        Outcome outcome = built(Source.spec("""
                script:
                  - id -u
                  - grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status | tr -d '\\t'
                  - ls /var/run/docker.sock /run/docker.sock 2>/dev/null || echo no engine
                  - ls /sys/class/net
                  - mount -t tmpfs none /mnt 2>/dev/null || echo no mount
                  - cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max
                """));

        outcome.ok();
        String text = outcome.text();
        for (String line : List.of(
                "1000",
                "CapEff:0000000000000000",
                "NoNewPrivs:1",
                "Seccomp:2",
                "no engine",
                "lo",
                "no mount",
                "67108864")) {
            assertTrue(("\n" + text).contains("\n" + line + "\n"), line + " in " + text);
        }
    }

    @Test
    void servicesAreReachedByTheirNamesAndNothingElseIs() throws Exception {
        Outcome outcome = built(Source.spec("""
                services:
                  - name: sallyport/busybox
                    alias: web
                    command: [httpd, -f, -p, "8080", -h, /etc]
                script:
                  - for try in $(seq 50); do wget -q -O - http://web:8080/passwd && break; sleep 0.2; done
                  - wget -q -O - http://sallyport-busybox:8080/passwd
                  - wget -q -T 2 -O - http://192.0.2.1/ 2>/dev/null || echo nothing else
                """));

        outcome.ok();
        String passwd = "root:x:0:0:root:/root:/bin/sh\n";
        assertEquals(2, outcome.text().split(passwd, -1).length - 1, outcome::text);
        assertTrue(
                outcome.text().endsWith("nothing else\n") || outcome.text().contains("\nnothing else\n"),
                outcome::text);
    }

    @Test
    void jobsMakeImagesWithoutTheEngine() throws Exception {
        byte[] example = Program.shell("tar -c .")
                .in(GatewayProcess.repository().resolve("examples/images"))
                .run()
                .ok()
                .out();
        String submit = "submit web variables.BUILD_IMAGE=sallyport/busybox artifact=image.tar";
        byte[] image = gateway.admin().run(submit, example).ok().out();

        Program docker = Program.of("docker", "--host", engine.host());
        docker.with("load").run(image).ok();
        String page = engine.docker("run", "--detach", "--rm", "--read-only", "example/page")
                .getFirst();
        try {
            Program visit = docker.with("run", "--rm", "--network", "container:" + page, "sallyport/busybox")
                    .with("wget", "-q", "-O", "-", "http://127.0.0.1:8080/index.html");
            Await.until("the page", () -> visit.run().text().contains("Made of commit none"));
            assertEquals(List.of("/app", "/etc", "/tmp"), shipped(page));
        } finally {
            engine.docker("rm", "--force", page);
        }
    }

    /** The folders of a container that come from its image. */
    private static List<String> shipped(String container) throws Exception {
        return Program.shell(
                        "docker --host \"$0\" export \"$1\" | tar -t | grep -E '^(app|etc|tmp|bin|build)/$' | sed 's,^,/,; s,/$,,' | sort")
                .with(engine.host(), container)
                .run()
                .ok()
                .text()
                .lines()
                .toList();
    }

    @Test
    void anImageThatCannotBeUsedIsSaid() throws Exception {
        for (List<String> each : List.of(
                List.of("missing/image", "the engine has no image missing/image"),
                List.of("evil.example/image", "the image evil.example/image is not allowed here"),
                List.of("sallyport/noshell", "/bin/sh"))) {
            long id = gateway.admin()
                    .submit("web", Source.spec("image: " + each.getFirst() + "\nscript: [echo never]\n"));
            JsonNode build = gateway.admin().ended(id);
            assertEquals("errored", build.path("state").asText(), build::toString);
            assertTrue(build.path("reason").asText().contains(each.getLast()), build::toString);
            assertEquals("", log(id, "out"));
        }
    }

    @Test
    void theImagesEntrypointIsRunUnlessTheSpecHasAnother() throws Exception {
        long shown = gateway.admin().submit("web", Source.spec("""
                image: {name: sallyport/busybox, entrypoint: [/bin/sh, -c, 'echo entered; exec "$@"', entry]}
                script: [echo run]
                """));
        assertEquals("succeeded", gateway.admin().ended(shown).path("state").asText());
        assertEquals("entered\nrun\n", log(shown, "out"));

        long wrong = gateway.admin().submit("web", Source.spec("""
                image: {name: sallyport/busybox, entrypoint: [/bin/echo, usage]}
                script: [echo never]
                """));
        JsonNode build = gateway.admin().ended(wrong);
        assertEquals("errored", build.path("state").asText());
        String reason = build.path("reason").asText();
        assertTrue(reason.contains("the entrypoint that the job names has ended with 0"), reason);
        assertTrue(reason.contains(": usage"), reason);
    }

    /** Starts another gateway, which makes containers ahead, and waits until one is there. */
    private void withReadyContainers() throws Exception {
        gateway.close();
        gateway = new GatewayProcess(
                "builds.executor: docker",
                "docker.host: " + engine.host(),
                "docker.image: sallyport/busybox",
                "docker.pull: never",
                "docker.memory: 64MiB",
                "docker.readyContainers: 1");
        gateway.prepare().start().projects("web");
        gateway.admin()
                .run("PUT /identities/" + GatewayProcess.ADMIN, """
                {"grants":[{"role":"admin"},{"role":"auditor"},{"role":"maintainer","project":"*"}]}""".getBytes(UTF_8))
                .ok();
        built(Source.script("true")).ok();
        oneIsReady();
    }

    /** For the gateway too: the engine shows a container before the gateway knows that it is ready. */
    private void oneIsReady() throws Exception {
        Await.until(
                "a container to be ready",
                () -> gateway.admin().run("GET /metrics").ok().text().contains("\nsallyport_ready_containers 1.0\n"));
        assertEquals(1, engine.waiting().size());
    }

    @Test
    void buildsTakeContainersThatWereMadeAheadAndNeverTheSame() throws Exception {
        withReadyContainers();
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String waits = engine.docker("ps", "--quiet").getFirst();
            long id = gateway.admin()
                    .submit(
                            "web",
                            Source.spec(
                                            "script: [cat /proc/sys/kernel/hostname, 'ls -A $HOME $TMPDIR . | grep left || true', touch left $HOME/left $TMPDIR/left]\nartifacts: {paths: [f]}\n")
                                    .file("f", "kept"));
            assertEquals("succeeded", gateway.admin().ended(id).path("state").asText());
            assertEquals(waits + "\n", log(id, "out"));
            assertEquals(
                    "kept",
                    gateway.admin()
                            .run("GET /builds/" + id + "/artifacts/f")
                            .ok()
                            .text());
            hosts.add(waits);
            oneIsReady();
        }
        assertEquals(3, hosts.stream().distinct().count(), hosts::toString);
    }

    @Test
    void aBuildInAContainerMadeAheadGoesOnWhenItsGatewayIsKilled() throws Exception {
        withReadyContainers();
        String waits = engine.docker("ps", "--quiet").getFirst();
        long id = gateway.admin().submit("web", Source.spec("script:\n  - '" + NUMBERS + "'\n  - echo end\n"));
        try (Running follower = gateway.admin().start("log -f " + id + " stream=out")) {
            follower.out().await("\n20\n");
        }
        oneIsReady();
        gateway.kill().start();
        assertEquals(List.of(waits), engine.docker("ps", "--all", "--quiet"));
        JsonNode build = gateway.admin().ended(id);

        assertEquals("succeeded", build.path("state").asText(), build::toString);
        assertEquals(1, build.path("jobs").get(0).path("attempt").asInt());
        assertEquals(numbers("") + "end\n", log(id, "out"));
        assertEquals(numbers("-"), log(id, "err"));
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
        assertEquals(1, build.path("jobs").get(0).path("attempt").asInt());
        assertEquals(numbers("") + "end\n", log(id, "out"));
        assertEquals(numbers("-"), log(id, "err"));
        assertEquals(
                "kept",
                gateway.admin().run("GET /builds/" + id + "/artifacts/f").ok().text());
        List<String> said =
                log(id, "system").lines().filter(line -> line.startsWith("$ ")).toList();
        assertEquals(2, said.size(), said::toString);
    }

    @Test
    void aContainerThatIsKilledIsTriedAgainOnce() throws Exception {
        long id = gateway.admin().submit("web", Source.spec("job: {script: [echo begun, sleep 5, echo end]}\n"));
        try (Running follower = gateway.admin().start("log -f " + id + " stream=out")) {
            follower.out().await("begun\n");
        }
        engine.docker("kill", engine.container(id, "job"));
        JsonNode build = gateway.admin().ended(id);

        assertEquals("succeeded", build.path("state").asText(), build::toString);
        assertEquals(2, build.path("jobs").get(0).path("attempt").asInt());
        assertTrue(log(id, "system").contains("is tried again"), log(id, "system"));
    }

    @Test
    void anEngineThatIsGoneIsSaidAndUsedAgainWhenItIsBack() throws Exception {
        Await.until("its machine is ready", () -> machine().equals("ready"));
        engine.kill();
        try {
            long id = gateway.admin().submit("web", Source.script("echo never"));
            JsonNode build = gateway.admin().ended(id);
            assertEquals("errored", build.path("state").asText(), build::toString);
            assertTrue(
                    build.path("reason").asText().contains("cannot reach the engine at " + engine.host())
                            || build.path("reason").asText().contains("cannot "),
                    build::toString);
            Await.until("its machine is down", () -> machine().equals("down"));
        } finally {
            engine.startAgain();
        }
        built(Source.script("echo again")).ok();
        Await.until("its machine is ready", () -> machine().equals("ready"));
        assertEquals(
                List.of("node.left", "node.ready"),
                Events.of(gateway.admin(), "type=node.*").types());
    }

    private String machine() throws Exception {
        return gateway.admin()
                .run("GET /nodes")
                .ok()
                .items()
                .path(0)
                .path("state")
                .asText();
    }

    @Test
    void canceledAndTimedOutJobsLeaveNothing() throws Exception {
        long canceled =
                gateway.admin().submit("web", Source.script("echo begun; trap '' TERM; sleep 4791; sleep 4791"));
        try (Running follower = gateway.admin().start("log -f " + canceled + " stream=out")) {
            follower.out().await("begun\n");
        }
        gateway.admin().run("cancel " + canceled).ok();
        assertEquals("canceled", gateway.admin().ended(canceled).path("state").asText());
        long late = gateway.admin().submit("web", Source.spec("job: {script: [sleep 4792], timeout: 2 seconds}\n"));
        assertEquals("timedout", gateway.admin().ended(late).path("state").asText());
        assertEquals(List.of(), engine.remains());
    }

    @Test
    void manyBuildsAtOnceLeaveNothingAlsoWhenTheirGatewayIsKilled() throws Exception {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(gateway.admin().submit("web", Source.spec("""
                    services: [{name: sallyport/busybox, alias: s, command: [sleep, "1000"]}]
                    script: [echo begun, sleep 8, echo end]
                    """)));
        }
        Await.until("half of them to run", () -> engine.docker("ps", "--quiet").size() >= 20);
        gateway.kill().start();
        for (long id : ids) {
            JsonNode build = gateway.admin().ended(id);
            assertEquals("succeeded", build.path("state").asText(), build::toString);
            assertTrue(log(id, "out").endsWith("begun\nend\n"), log(id, "out"));
        }
        assertEquals(List.of(), engine.remains());
    }

    @Test
    void somebodyIsLetIntoAJobThatRunsAndIntoOneThatHasFailed() throws Exception {
        Ssh admin = gateway.admin();
        long id =
                admin.submit("web", Source.spec("""
                serve:
                  ports: [8080]
                  script:
                    - httpd -f -p 127.0.0.1:8080 &
                    - echo made > left; echo ready
                    - until test -e end; do sleep 0.1; done; exit 3
                """).file("hello.txt", "hello from the container\n"), "keep-failed=5m");
        Await.until("the job's output", () -> log(id, "out").contains("ready\n"));

        String shell = "builds/" + id + "/serve/shell";
        Outcome inside = admin.run(shell, "cat hello.txt; id -u; exit 7").exits(7);
        assertEquals("hello from the container\n1000\n", inside.text());
        String answer = admin.run("builds/" + id + "/serve/ports/8080", "GET /hello.txt HTTP/1.0\r\n\r\n")
                .text();
        assertTrue(answer.endsWith("hello from the container\n"), answer);
        try (Tmux terminal =
                Tmux.run(gateway.work().resolve("tmux"), admin.with("-t").program(shell), 100, 30)) {
            terminal.await("you are", "$");
            terminal.type("stty size; tty").press("Enter").await("30 100", "/dev/pts/");
            terminal.type("touch end").press("Enter").await("ended with 137");
        }
        assertEquals("failed", admin.ended(id).path("state").asText());
        assertEquals("made\n", admin.run(shell, "cat left").ok().text());
        admin.run("DELETE /builds/" + id + "/serve/kept").ok();
        admin.run(shell, "").problem(410);
    }

    @Test
    void whatIsKeptDoesNotOutliveItsGateway() throws Exception {
        Ssh admin = gateway.admin();
        long id = admin.submit("web", Source.script("exit 3"), "keep-failed=5m");
        admin.ended(id);
        String shell = "builds/" + id + "/build/shell";
        admin.run(shell, "exit 0").ok();

        gateway.kill().start();

        admin.run(shell, "").problem(410);
        Await.until("nothing that is left", () -> engine.remains().isEmpty());
    }
}
