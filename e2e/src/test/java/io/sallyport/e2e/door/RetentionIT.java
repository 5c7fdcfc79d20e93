package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What builds have left is kept as long as the rules say, and no longer. */
class RetentionIT {
    private final GatewayProcess gateway = new GatewayProcess(
            "limits.unauthenticatedPerSource: 100",
            "builds.atOnce: 4",
            "retention.at: off",
            "retention.artifactDays: 10",
            "retention.sourceDays: 20",
            "retention.logDays: 30",
            "retention.buildDays: 100",
            "retention.keepSuccesses: 1",
            "retention.perSecond: 100");

    @BeforeEach
    void start() throws Exception {
        gateway.prepare().start().projects("web");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void whatIsTooOldIsGoneAndTheAnswersSaySo() throws Exception {
        long old = build("one", "ref=main");
        long latest = build("two", "ref=main");
        age(40, old, latest);
        JsonNode listed =
                gateway.admin().run("GET /builds/" + old + "/artifacts").ok().items();
        JsonNode finished = gateway.admin().build(old).path("finished");
        assertEquals(
                Instant.parse(finished.asText()).plus(Duration.ofDays(10)),
                Instant.parse(listed.path(0).path("expires").asText()));
        JsonNode kept =
                gateway.admin().run("GET /builds/" + latest + "/artifacts").ok().items();
        assertFalse(kept.path(0).has("expires"), kept::toString);

        JsonNode rehearsed =
                gateway.admin().run("POST /retention dry-run=true").ok().json();
        assertEquals(
                "one",
                gateway.admin()
                        .run("GET /builds/" + old + "/artifacts/app")
                        .ok()
                        .text());
        JsonNode report = gateway.admin().run("POST /retention").ok().json();

        assertEquals(rehearsed.path("items"), report.path("items"));
        assertEquals(rehearsed.path("removed"), report.path("removed"));
        JsonNode removed = report.path("removed");
        assertEquals(1, removed.path("artifacts").asInt());
        assertEquals(1, removed.path("sources").asInt());
        assertEquals(1, removed.path("logs").asInt());
        assertEquals(0, removed.path("builds").asInt());
        assertEquals(2, report.path("blobs").path("removed").asInt());
        JsonNode build = gateway.admin().build(old);
        for (String part : List.of("artifacts", "source", "log")) {
            assertTrue(build.path(part).path("expired").asBoolean(), build::toString);
            assertTrue(build.path(part).has("removed"), build::toString);
        }
        assertEquals("logDays=30", build.path("log").path("rule").asText());
        assertEquals(0, build.path("artifacts").path("count").asInt());
        assertEquals(build, gateway.admin().run("ls").ok().items().path(1));
        gone("log " + old, "the log of build " + old + " was removed at ", "logDays=30");
        gone("log " + old + " follow=true", "the log of build " + old + " was removed at ", "logDays=30");
        gone("GET /builds/" + old + "/artifacts/app", "artifacts of job build in build " + old, "artifactDays=10");
        gone("GET /builds/" + old + "/artifacts.tar", "artifacts of job build in build " + old, "artifactDays=10");
        gone("GET /builds/" + old + "/source.tar", "the source of build " + old, "sourceDays=20");
        gone("retry " + old, "the source of build " + old, "sourceDays=20");
        assertEquals(
                0,
                gateway.admin()
                        .run("GET /builds/" + old + "/artifacts")
                        .ok()
                        .items()
                        .size());
        gateway.admin().run("GET /builds/" + old + "/manifest").ok();

        assertEquals(
                Set.of("build.json", "manifest", "signature", "provenance.json", "artifacts", "jobs"),
                listing("/builds/" + old));
        assertEquals(Set.of(), listing("/builds/" + old + "/artifacts"));
        assertEquals(Set.of(), listing("/builds/" + old + "/jobs/build"));
        assertTrue(listing("/builds/" + latest).containsAll(Set.of("log", "source.tar")));
        assertEquals(
                "two",
                gateway.admin()
                        .run("GET /builds/" + latest + "/artifacts/app")
                        .ok()
                        .text());
        assertEquals(new TreeSet<>(Set.of(latest)), logs());
        assertEquals(2, blobs().size());
    }

    @Test
    void aPinnedBuildStaysWhateverItsAgeAndAWholeBuildGoesWithoutATrace() throws Exception {
        long pinned = build("one", "ref=main");
        long gone = build("two", "ref=main");
        long tag = build("three", "ref=refs/tags/v1");
        long latest = build("four", "ref=main");
        JsonNode pin = gateway.admin()
                .run("PUT /builds/" + pinned + "/pin", "")
                .ok()
                .json()
                .path("pinned");
        assertEquals(GatewayProcess.ADMIN, pin.path("by").asText());
        age(200, pinned, gone, tag, latest);
        assertEquals(pin, gateway.admin().build(pinned).path("pinned"));

        JsonNode report = gateway.admin().run("POST /retention").ok().json();

        assertEquals(1, report.path("removed").path("builds").asInt());
        assertEquals("buildDays=100", report.path("items").path(0).path("rule").asText());
        assertEquals(
                "no build " + gone,
                gateway.admin().run("show " + gone).problem(404).path("detail").asText());
        assertEquals(
                List.of(latest, tag, pinned),
                Json.each(
                        gateway.admin().run("ls").ok().items(),
                        item -> item.path("id").asLong()));
        for (long kept : List.of(pinned, tag, latest)) {
            gateway.admin().run("log " + kept).ok();
            gateway.admin().run("GET /builds/" + kept + "/source.tar").ok();
        }
        gateway.admin().run("DELETE /builds/" + pinned + "/pin").ok();
        gateway.admin().run("DELETE /builds/" + pinned + "/pin").problem(404);
        assertEquals(
                1,
                gateway.admin()
                        .run("POST /retention")
                        .ok()
                        .json()
                        .path("removed")
                        .path("builds")
                        .asInt());
        assertEquals(new TreeSet<>(Set.of(tag, latest)), logs());
        assertEquals(4, blobs().size());
    }

    @Test
    void aProjectHasRulesOfItsOwn() throws Exception {
        JsonNode project = gateway.admin()
                .run("PUT /projects/web", "{\"keep\":{\"logDays\":0,\"sourceDays\":5,\"keepSuccesses\":0,\"bytes\":0}}")
                .ok()
                .json();
        assertEquals(0, project.path("keep").path("logDays").asInt());
        long build = build("one", "ref=main");
        age(6, build);

        JsonNode report = gateway.admin().run("POST /retention").ok().json();

        assertEquals(
                List.of("source sourceDays=5"),
                Json.each(
                        report.path("items"),
                        item -> item.path("what").asText() + " "
                                + item.path("rule").asText()));
        assertEquals(
                "unknown field 'logdays', did you mean 'logDays'?",
                gateway.admin()
                        .run("PUT /projects/web", "{\"keep\":{\"logdays\":1}}")
                        .problem(422)
                        .path("detail")
                        .asText());
        assertEquals(
                "'logDays' must be a whole number from 0 to 100000",
                gateway.admin()
                        .run("PUT /projects/web", "{\"keep\":{\"logDays\":-1}}")
                        .problem(422)
                        .path("detail")
                        .asText());
    }

    /** What is collected is submitted again at the same time, the same bytes under the same digests. */
    @Test
    void submissionsDuringACollectionLoseNothing() throws Exception {
        int many = 12;
        List<Long> old = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            old.add(build("app " + i, "ref=old"));
        }
        age(200, old.stream().mapToLong(Long::longValue).toArray());
        build("the latest", "ref=old"); // so that none of the old ones is

        List<Running> submissions = new ArrayList<>();
        try (Running run = gateway.admin().start("POST /retention")) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < many; i++) {
                    submissions.add(gateway.admin()
                            .start("submit web ref=new follow=true artifact=app")
                            .give(tar("app " + i)));
                }
            }
            for (int i = 0; i < submissions.size(); i++) {
                Outcome outcome = submissions.get(i).end();
                assertEquals("app " + i % many, outcome.ok().text());
            }
            assertEquals(
                    many,
                    Json.line(run.end().ok().text())
                            .path("removed")
                            .path("builds")
                            .asInt());
        }
        gateway.admin().run("POST /retention").ok();

        for (JsonNode build : gateway.admin().run("ls ref=new").ok().items()) {
            String path = "/builds/" + build.path("id").asLong();
            gateway.admin().run("GET " + path + "/artifacts/app").ok();
            gateway.admin().run("GET " + path + "/source.tar").ok();
        }
        assertEquals(2 * many + 2, blobs().size());
    }

    @Test
    void killedInTheMiddleOfARunItGoesOnWithTheNext() throws Exception {
        int many = 30;
        List<Long> old = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            old.add(build("app " + i, "ref=old"));
        }
        long latest = build("the latest", "ref=old");
        age(40, old.stream().mapToLong(Long::longValue).toArray());

        try (Running run = gateway.admin().start("POST /retention")) {
            Await.until("removals", () -> removals() >= many / 2);
            gateway.kill();
            run.end();
        }
        assertTrue(removals() < 3 * many, "it was over already");
        gateway.start();
        for (long build : old) { // each part is there, or is said to be gone
            for (String part : List.of("/log", "/source.tar", "/artifacts/app")) {
                Outcome outcome = gateway.admin().run("GET /builds/" + build + part);
                assertTrue(Set.of(0, 66).contains(outcome.exit()), outcome::errors);
                if (outcome.exit() == 66) {
                    assertEquals("gone", outcome.problem(410).path("type").asText());
                }
            }
        }
        gateway.admin().run("POST /retention").ok();

        assertEquals(3 * many, gone());
        assertEquals(new TreeSet<>(Set.of(latest)), logs());
        assertEquals(2, blobs().size());
        gateway.admin().run("GET /builds/" + latest + "/artifacts/app").ok();
    }

    @Test
    void anUploadThatDiedLeavesNothingForLong() throws Exception {
        byte[] archive = source("x").file("data", new byte[1_000_000]).tar();
        try (Running upload = gateway.admin().start("submit web")) {
            upload.in().write(archive, 0, archive.length / 2);
            upload.in().flush();
            Await.until("a temporary file", () -> temporary() == 1);
            gateway.admin().run("POST /retention").ok();
            assertEquals(1, temporary(), "it is being written");
        }
        Files.writeString(gateway.home().resolve("blobs/tmp/left"), "by whomever");

        Await.until("it to be over", () -> temporary() == 1);
        assertEquals(
                1,
                gateway.admin()
                        .run("POST /retention")
                        .ok()
                        .json()
                        .path("blobs")
                        .path("temporary")
                        .asInt());
        assertEquals(0, temporary());
    }

    private long build(String content, String parameters) throws Exception {
        long build = Json.line(gateway.admin()
                        .run("submit web " + parameters, tar(content))
                        .ok()
                        .text())
                .path("id")
                .asLong();
        assertEquals("succeeded", gateway.admin().ended(build).path("state").asText());
        return build;
    }

    private static Source source(String content) {
        return Source.script("printf '" + content + "' > app").also("artifacts: {paths: [app]}\n");
    }

    /** The same bytes each time. */
    private static byte[] tar(String content) throws Exception {
        return source(content).packed("tar --sort=name --mtime=@1700000000 -c .");
    }

    private void age(int days, long... builds) throws Exception {
        gateway.stop();
        new Past(gateway.home()).age(days, builds);
        gateway.start();
    }

    private void gone(String request, String begin, String rule) throws Exception {
        JsonNode problem = gateway.admin().run(request).problem(410);
        String detail = problem.path("detail").asText();
        assertTrue(detail.startsWith(begin) && detail.endsWith(" by the rule " + rule), detail);
        assertEquals(rule, problem.path("rule").asText());
        assertTrue(problem.has("removed"), problem::toString);
    }

    /** How many parts of builds the answers say to be gone. */
    private int gone() throws Exception {
        int gone = 0;
        for (JsonNode build : gateway.admin().run("ls limit=1000").ok().items()) {
            for (String part : List.of("artifacts", "source", "log")) {
                gone += build.path(part).path("expired").asBoolean() ? 1 : 0;
            }
        }
        return gone;
    }

    private int removals() throws Exception {
        Matcher line = Pattern.compile(" removed build=").matcher(gateway.log());
        int count = 0;
        while (line.find()) {
            count++;
        }
        return count;
    }

    private Set<String> listing(String folder) throws Exception {
        String out = gateway.admin()
                .copying("sftp", "-q", "-b", "-", "127.0.0.1")
                .run(("ls -1 " + folder + "\n").getBytes("UTF-8"))
                .ok()
                .text();
        return out.lines()
                .filter(line -> !line.startsWith("sftp>"))
                .map(line -> line.substring(line.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    private TreeSet<Long> logs() throws Exception {
        return files("logs").stream()
                .map(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> blobs() throws Exception {
        return files("blobs/sha256");
    }

    private int temporary() throws Exception {
        return files("blobs/tmp").size();
    }

    private List<String> files(String folder) throws Exception {
        try (Stream<Path> all = Files.walk(gateway.home().resolve(folder))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
