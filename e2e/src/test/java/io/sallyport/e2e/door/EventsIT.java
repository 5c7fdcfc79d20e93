package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens, as somebody may see it: numbered, from any place on, and as it happens. */
class EventsIT {
    @RegisterExtension
    static final GatewayProcess gateway =
            new GatewayProcess("limits.sourceBytes: 64KiB", "events.limitWindow: 2s", "builds.atOnce: 4");

    @Test
    void aBuildIsToldFromTheQueueToItsEnd() throws Exception {
        gateway.projects("steps");
        Ssh ann = gateway.user("ann", "builder:steps");
        long build = ann.submit("steps", Source.script("exit 3"), "ref=main");
        JsonNode record = ann.ended(build);

        Events events = Events.of(ann, "").numberedFrom(1);
        assertEquals(
                List.of("project.created", "build.queued", "build.started", "job.started", "job.ended", "build.ended"),
                events.types());
        assertEquals(List.of("", "queued", "running", "running", "failed", "failed"), events.each("state"));
        JsonNode queued = events.records().get(1);
        assertEquals("ann", queued.path("by").asText());
        assertEquals("main", queued.path("ref").asText());
        assertEquals(record.path("created").asText(), queued.path("time").asText());
        JsonNode job = events.records().get(4);
        assertEquals("build", job.path("job").asText());
        assertEquals(3, job.path("exitCode").asInt());
        JsonNode ended = events.last();
        assertEquals(record.path("finished").asText(), ended.path("time").asText());
        assertEquals(build, ended.path("build").asLong());
        assertEquals("/builds/" + build, ended.path("links").path("build").asText());
        assertEquals(events, Events.of(ann, ""), "the same again, byte by byte");
        assertEquals(events.records().subList(4, 6), Events.of(ann, "after=-2").records());
        assertEquals(
                List.of("build.ended"), Events.of(ann, "after=-1 type=build.*").types());
        assertEquals(events, Events.of(ann, "after=-1000"));
        ann.run("events after=-0").problem(400);
    }

    @Test
    void aCancelSaysWho() throws Exception {
        gateway.projects("canceled");
        Ssh cleo = gateway.user("cleo", "maintainer:canceled");
        try (Running follower = cleo.start("events -f type=build.*")) {
            long build = gateway.admin()
                    .submit(
                            "canceled",
                            Source.script("echo begun; " + gateway.signal().awaited()));
            follower.out().await("build.started");
            cleo.run("cancel " + build + " reason='wrong branch'").ok();

            Events told = Events.of(follower.out().awaitLines(4)).numberedFrom(1);
            assertEquals(List.of("build.queued", "build.started", "build.canceling", "build.ended"), told.types());
            assertEquals(List.of("root", "", "cleo", "cleo"), told.each("by"));
            assertEquals("wrong branch", told.last().path("reason").asText());
        }
    }

    @Test
    void neitherTheEventsNorTheirNumbersOrCursorsTellOfAnotherTenant() throws Exception {
        gateway.projects("mine", "theirs");
        Ssh ann = gateway.user("anna", "maintainer:mine");
        Ssh bob = gateway.user("bob", "maintainer:theirs");
        ann.ended(ann.submit("mine", Source.script("true")));
        Events before = Events.of(ann, "").numberedFrom(1);
        Path key = gateway.key("script");
        ann.run(
                        "POST /projects/mine/deploy-keys name=ci verbs=submit,read-own",
                        Files.readString(Path.of(key + ".pub")))
                .ok();
        Ssh script = gateway.client(key);
        Events ofProject = Events.of(script, "");
        assertEquals(List.of("project.created"), ofProject.types());

        for (int i = 0; i < 3; i++) {
            bob.ended(bob.submit("theirs", Source.script("true")));
        }
        gateway.projects("third");

        assertEquals(
                before.lines(),
                Events.of(ann, "").lines().subList(0, before.lines().size()));
        assertEquals(
                List.of("deploy-key.added"),
                Events.of(ann, "after=" + before.cursor()).types());
        assertEquals(ofProject, Events.of(script, ""));
        assertEquals(List.of(), Events.of(ann, "project=theirs").types());
        assertEquals(
                ann.run("GET /events project=nowhere").ok().text(),
                ann.run("GET /events project=theirs").ok().text());
        ann.run("GET /events after=" + Events.of(bob, "").cursor()).problem(400);
        assertEquals(
                List.of("mine"),
                Events.of(ann, "").each("project").stream().distinct().toList());

        long own = script.run("submit mine", Source.script("true").tar())
                .ok()
                .json()
                .path("id")
                .asLong();
        ann.ended(own);
        Events ofScript = Events.of(script, "type=build.*,job.*").numberedFrom(1);
        assertEquals(
                List.of(Long.toString(own)),
                ofScript.each("build").stream().distinct().toList());
        assertEquals("build.ended", ofScript.types().getLast());
    }

    @Test
    void whatIsAskedForIsNumberedAndGoesOnAtEachPlace() throws Exception {
        gateway.projects("filtered", "other");
        Ssh ann = gateway.user("fay", "builder:filtered", "builder:other");
        for (String project : List.of("filtered", "other", "filtered")) {
            ann.ended(ann.submit(project, Source.script("true")));
        }
        for (String filter :
                List.of("", "type=build.*", "project=filtered", "project=filtered type=job.*,build.ended")) {
            Events all = Events.of(ann, filter).numberedFrom(1);
            for (int i = 0; i < all.lines().size(); i++) {
                JsonNode record = all.records().get(i);
                List<String> rest = all.lines().subList(i + 1, all.lines().size());
                String place = filter + " after=";
                assertEquals(
                        rest,
                        Events.of(ann, place + record.path("cursor").asText()).lines(),
                        place);
                assertEquals(
                        rest,
                        Events.of(ann, place + record.path("seq").asText()).lines(),
                        place);
            }
        }
        Events jobs = Events.of(ann, "type=job.*").numberedFrom(1);
        assertEquals(
                List.of("job.started", "job.ended"),
                jobs.types().stream().distinct().toList());
        Events rest = Events.of(ann, "type=build.* after=" + jobs.cursor());
        assertEquals(List.of("build.ended"), rest.types());
        rest.numberedFrom(Events.of(ann, "type=build.*").lines().size()); // another filter has other numbers

        assertEquals(
                "there are no events of type 'build.endet', did you mean 'build.ended'?",
                ann.run("GET /events type=build.endet")
                        .problem(400)
                        .path("detail")
                        .asText());
        ann.run("GET /events after=1000").problem(400);
        ann.run("GET /events after=tomorrow").problem(400);
        assertEquals(
                2, Events.of(ann, "after=3 limit=2").numberedFrom(4).lines().size());
        assertEquals(List.of(), Events.of(ann, "after=now").types());
    }

    @Test
    void whoFollowsIsCutOffAndGoesOnMissesNothing() throws Exception {
        gateway.projects("long");
        Ssh ann = gateway.user("flo", "maintainer:long");
        Events first;
        try (Running follower = ann.start("events -f")) {
            ann.submit("long", Source.script("true"));
            first = Events.of(follower.out().await("build.ended"));
        }
        ann.ended(ann.submit("long", Source.script("true")));
        try (Running follower = ann.start("GET /events follow=true after=" + first.cursor())) {
            follower.out().await("build.ended");
            ann.ended(ann.submit("long", Source.script("true")));
            Events second = Events.of(follower.out().awaitLines(10));

            List<String> all = new java.util.ArrayList<>(first.lines());
            all.addAll(second.lines());
            assertEquals(Events.of(ann, "").numberedFrom(1).lines(), all);
        }
        Running once = ann.start("GET /events follow=true after=now type=build.ended limit=1");
        try (once) {
            Await.until("an event", () -> {
                ann.ended(ann.submit("long", Source.script("true")));
                return !once.alive();
            });
            assertEquals(1, Events.of(once.end().exits(0).text()).lines().size());
        }
    }

    @Test
    void aRightThatIsTakenAwayCountsForTheNextEvent() throws Exception {
        gateway.projects("left", "kept");
        Ssh ann = gateway.user("lea", "viewer:left", "viewer:kept");
        try (Running follower = ann.start("events -f type=project.*")) {
            follower.out().awaitLines(2);
            change("left", "seen");
            follower.out().awaitLines(3);
            grant("lea", "{\"role\":\"viewer\",\"project\":\"kept\"}");
            change("left", "secret");
            change("kept", "a");

            Events told = Events.of(follower.out().awaitLines(4)).numberedFrom(1);
            assertEquals(List.of("left", "kept", "left", "kept"), told.each("project"));
            assertEquals(
                    List.of("kept"),
                    Events.of(ann, "").each("project").stream().distinct().toList());

            grant("lea", "{\"role\":\"viewer\",\"project\":\"*\"}");
            change("left", "seen again");
            Events more =
                    Events.of(ann, "type=project.* after=" + told.cursor()).numberedFrom(5);
            assertEquals(List.of("left"), more.each("project"));
            assertEquals(
                    told.lines(),
                    Events.of(follower.out().awaitLines(5)).lines().subList(0, 4));
        }
    }

    @Test
    void aGroupGivesTheRightAndTakesItAlsoWhileSomebodyFollowsOnTheSubsystem() throws Exception {
        gateway.projects("grouped", "given");
        Ssh ann = gateway.user("gina", "viewer:given");
        assertEquals(List.of("given"), Events.of(ann, "").each("project"));
        String members = "{\"members\":[\"gina\"],\"grants\":[{\"role\":\"viewer\",\"project\":\"grouped\"}]}";
        group(members);
        try (Lines lines = Lines.open(ann)) {
            lines.get("events", "/events", "\"follow\":true,\"after\":\"now\"");
            Await.until("an event of the group's project", () -> {
                change("grouped", "seen " + System.nanoTime());
                return projects(lines).contains("grouped");
            });
            group("{\"members\":[]}");
            change("grouped", "secret");
            String secret = Events.of(gateway.admin(), "project=grouped")
                    .last()
                    .path("time")
                    .asText();
            change("given", "a");
            lines.first(
                    "the other project's",
                    line -> line.at("/item/project").asText().equals("given"));
            group(members);
            change("grouped", "seen again");
            Await.until("the last", () -> projects(lines).getLast().equals("grouped"));

            List<String> all = projects(lines);
            assertEquals(List.of("given", "grouped"), all.subList(all.size() - 2, all.size()));
            assertFalse(lines.said().stream()
                    .anyMatch(line -> line.at("/item/time").asText().equals(secret)));
        }
        assertEquals(
                List.of("group.created", "group.changed", "group.changed"),
                Events.of(gateway.admin(), "type=group.*").types());
    }

    private static List<String> projects(Lines lines) {
        return lines.said().stream()
                .filter(line -> line.has("item"))
                .map(line -> line.at("/item/project").asText())
                .toList();
    }

    private static void group(String body) throws Exception {
        gateway.admin().run("PUT /groups/readers", body).ok();
    }

    @Test
    void changesOfWhoIsLetInAreForThoseWhoManageOrAudit() throws Exception {
        Ssh auditor = gateway.user("olga", "auditor");
        Ssh viewer = gateway.user("vic", "viewer:*");
        String before = Events.of(auditor, "").cursor();

        Ssh newcomer = gateway.user("newcomer", "viewer:web");
        String key =
                newcomer.run("keys").ok().items().path(0).path("fingerprint").asText();
        gateway.admin().run("PUT /identities/newcomer", "{\"locked\":true}").ok();
        gateway.admin().run("DELETE /identities/newcomer").ok();

        Events told = Events.of(auditor, "type=identity.*,key.* after=" + before);
        assertEquals(
                List.of("identity.created", "key.added", "identity.changed", "key.removed", "identity.removed"),
                told.types());
        assertEquals(List.of("root"), told.each("by").stream().distinct().toList());
        assertEquals(
                List.of("newcomer"), told.each("identity").stream().distinct().toList());
        assertEquals(key, told.records().get(1).path("fingerprint").asText());
        assertTrue(told.records().get(2).path("locked").asBoolean());
        assertFalse(Events.of(viewer, "").lines().stream().anyMatch(line -> line.contains("newcomer")));
        assertTrue(
                Events.of(gateway.admin(), "type=identity.*").each("identity").contains("newcomer"));
        assertEquals(
                Map.of("created", "init", "added", "gateway"),
                Map.of(
                        "created",
                        Events.of(auditor, "type=identity.created")
                                .records()
                                .getFirst()
                                .path("by")
                                .asText(),
                        "added",
                        Events.of(auditor, "type=authority.added")
                                .records()
                                .getFirst()
                                .path("by")
                                .asText()));
    }

    @Test
    void aFloodOfRefusalsIsTwoEvents() throws Exception {
        gateway.projects("flooded");
        Ssh ann = gateway.user("flora", "builder:flooded");
        String from = Events.of(gateway.admin(), "").cursor();
        byte[] large = Source.script("true").file("data", new byte[100_000]).tar();
        int refused = 0;
        for (int i = 0; i < 8; i++) {
            ann.run("submit flooded", large).problem(413);
            refused++;
        }
        int all = refused;
        Await.until("the count", () -> {
            Events told = Events.of(gateway.admin(), "type=limit.* after=" + from);
            long counted = told.records().stream()
                    .filter(record -> record.path("count").asLong() > 1)
                    .mapToLong(record -> record.path("count").asLong())
                    .sum();
            long alone = told.records().stream()
                    .filter(record -> record.path("count").asLong() == 1)
                    .count();
            // Each window has one at once and, if there are more, one with the count of all.
            return counted > 1 && counted + alone >= all && told.lines().size() <= all;
        });
        JsonNode first = Events.of(gateway.admin(), "type=limit.* after=" + from)
                .records()
                .getFirst();
        assertEquals("too-large", first.path("limit").asText());
        assertEquals("flora", first.path("identity").asText());
        assertEquals(List.of(), Events.of(ann, "type=limit.*").types());
    }

    @Test
    void aProjectThatIsGoneTakesItsEventsWithIt() throws Exception {
        gateway.projects("gone");
        Ssh ann = gateway.user("gus", "builder:gone");
        ann.ended(ann.submit("gone", Source.script("true")));
        assertFalse(Events.of(ann, "").lines().isEmpty());
        gateway.admin().run("DELETE /projects/gone").ok();
        assertEquals(List.of(), Events.of(ann, "").types());

        gateway.projects("gone");
        assertEquals(
                List.of("project.created"), Events.of(ann, "").numberedFrom(1).types());
        assertEquals(
                List.of("project.removed", "project.created"),
                Events.of(gateway.admin(), "project=gone").types());
    }

    @Test
    void anEndedConnectionIsTold() throws Exception {
        gateway.projects("connected");
        Ssh ann = gateway.user("connie", "viewer:connected");
        try (Running follower = ann.start("events -f")) {
            follower.out().await("project.created");
            JsonNode connections = gateway.admin().run("GET /connections").ok().items();
            String id = "";
            for (JsonNode connection : connections) {
                id = connection.path("identity").asText().equals("connie")
                        ? connection.path("id").asText()
                        : id;
            }
            gateway.admin()
                    .run("DELETE /connections/" + id + " reason='too long'")
                    .ok();
            Await.until("the session's end", Duration.ofSeconds(5), () -> !follower.alive());
            assertNotEquals(0, follower.end().exit());

            JsonNode told = Events.of(gateway.admin(), "type=connection.*").last();
            assertEquals("connie", told.path("identity").asText());
            assertEquals(id, told.path("connection").asText());
            assertEquals("too long", told.path("reason").asText());
        }
    }

    @Test
    void peopleGetALineForEach() throws Exception {
        gateway.projects("people");
        Ssh ann = gateway.user("pia", "builder:people");
        long build = ann.submit("people", Source.script("true"));
        ann.ended(build);

        List<String> lines = ann.run("events format=text").ok().text().lines().toList();
        assertEquals(6, lines.size());
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
        assertTrue(lines.get(1).matches(time + "  build\\.queued +people +" + build + " +queued +pia"), lines.get(1));
        assertTrue(lines.get(5).matches(time + "  build\\.ended +people +" + build + " +succeeded"), lines.get(5));
        assertEquals(lines.get(1).indexOf("people"), lines.get(5).indexOf("people"));
    }

    @Test
    void aStoppedFollowerSlowsNobodyAndMissesNothing() throws Exception {
        gateway.projects("slow");
        Ssh ann = gateway.user("sue", "viewer:slow");
        try (Running slow = ann.start("events -f");
                Running quick = ann.start("events -f")) {
            slow.out().await("project.created");
            quick.out().await("project.created");
            slow.signal("STOP");
            for (int i = 0; i < 20; i++) {
                change("slow", "n" + i);
            }
            String all = quick.out().awaitLines(21);
            slow.signal("CONT");

            assertEquals(all, slow.out().awaitLines(21));
        }
    }

    @Test
    void aFollowerIsLetGoWhenTheGatewayGoesDown() throws Exception {
        GatewayProcess other = new GatewayProcess().prepare().start().projects("web");
        try (other;
                Running follower = other.admin().start("events -f")) {
            follower.out().await("project.created");
            other.process().terminate();

            Events told = Events.of(follower.end().exits(69).text()).numberedFrom(1);
            assertEquals("project.created", told.types().getLast());
            assertEquals(0, other.process().end().exit());
        }
    }

    private static void change(String project, String description) throws Exception {
        gateway.admin()
                .run("PUT /projects/" + project, "{\"description\":\"" + description + "\"}")
                .ok();
    }

    private static void grant(String identity, String grant) throws Exception {
        gateway.admin()
                .run("PUT /identities/" + identity, "{\"grants\":[" + grant + "]}")
                .ok();
    }

    private static long count(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).count();
    }
}
