package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Killed again and again while much goes on: one reader, who goes on at its last cursor, gets each event once. */
class EventsCrashIT {
    private static final int LIVES = 50;
    private static final Map<String, Set<String>> STEPS = Map.of(
            "", Set.of("build.queued"),
            "build.queued", Set.of("build.started"),
            "build.started", Set.of("build.requeued", "build.ended"),
            "build.requeued", Set.of("build.started", "build.ended"),
            "build.ended", Set.of());

    private final GatewayProcess gateway =
            new GatewayProcess("limits.unauthenticatedPerSource: 100", "builds.atOnce: 2", "builds.stopGrace: 1s");
    private final AtomicInteger next = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<String> seen = new ArrayList<>();

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
    void eachEventIsThereOnceWhateverHappens() throws Exception {
        Random random = new Random(4711);
        byte[] source = Source.script("true").tar();
        for (int life = 0; life < LIVES; life++) {
            live(random.nextInt(1, 12), source);
            gateway.kill().start();
        }
        Ssh admin = gateway.admin();
        for (JsonNode build : admin.run("ls limit=1000").ok().items()) {
            admin.ended(build.path("id").asLong());
        }
        seen.addAll(Events.of(admin, after()).lines());

        Events all = new Events(seen).numberedFrom(1);
        assertEquals(Events.of(admin, "").lines(), seen, "what was told bit by bit is what is told at once");
        assertEquals(names(admin, "/identities"), created(all, "identity.created", "identity"));
        assertEquals(names(admin, "/projects"), created(all, "project.created", "project"));
        assertTrue(created(all, "identity.created", "identity").containsAll(acknowledged), acknowledged::toString);
        buildsAreToldAsTheyAre(admin, all);
    }

    /** Changes much while somebody follows, until that many more events have come. */
    private void live(int enough, byte[] source) throws Exception {
        List<Thread> loads = new ArrayList<>();
        AtomicInteger stop = new AtomicInteger();
        try (Running follower = gateway.admin().start("GET /events follow=true " + after())) {
            loads.add(load(stop, () -> {
                String name = "u" + next.incrementAndGet();
                if (gateway.admin().run("PUT /identities/" + name, "{}").exit() == 0) {
                    acknowledged.add(name);
                }
            }));
            loads.add(load(stop, () -> gateway.admin().run("PUT /projects/p" + next.incrementAndGet(), "{}")));
            loads.add(load(stop, () -> gateway.admin().run("submit web", source)));
            follower.out().awaitLines(enough);
            gateway.kill();
            stop.set(1);
            for (Thread load : loads) {
                load.join();
            }
            String text = new String(follower.end().out(), java.nio.charset.StandardCharsets.UTF_8);
            int whole = text.lastIndexOf('\n') + 1;
            seen.addAll(text.substring(0, whole).lines().toList());
        }
    }

    private interface Change {
        void make() throws Exception;
    }

    private static Thread load(AtomicInteger stop, Change change) {
        return Thread.ofVirtual().start(() -> {
            while (stop.get() == 0) {
                try {
                    change.make();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    private String after() {
        return seen.isEmpty() ? "" : "after=" + new Events(seen).cursor();
    }

    private static List<String> names(Ssh admin, String path) throws Exception {
        JsonNode items = admin.run("GET " + path + (path.equals("/identities") ? " limit=1000" : ""))
                .ok()
                .items();
        return Json.each(items, item -> item.path("name").asText()).stream()
                .sorted()
                .toList();
    }

    private static List<String> created(Events all, String type, String member) {
        return all.records().stream()
                .filter(record -> record.path("type").asText().equals(type))
                .map(record -> record.path(member).asText())
                .sorted()
                .toList();
    }

    private static void buildsAreToldAsTheyAre(Ssh admin, Events all) throws Exception {
        Map<Long, String> told = new TreeMap<>();
        Map<Long, String> states = new TreeMap<>();
        for (JsonNode record : all.records()) {
            String type = record.path("type").asText();
            if (type.startsWith("build.")) {
                long build = record.path("build").asLong();
                String before = told.getOrDefault(build, "");
                assertTrue(STEPS.get(before).contains(type), () -> "build " + build + ": " + type + " after " + before);
                told.put(build, type);
                states.put(build, record.path("state").asText());
            }
        }
        Map<Long, String> builds = new TreeMap<>();
        for (JsonNode build : admin.run("ls limit=1000").ok().items()) {
            builds.put(build.path("id").asLong(), build.path("state").asText());
        }
        assertTrue(builds.size() > LIVES / 10, () -> "only " + builds.size() + " builds: nothing was shown");
        assertEquals(builds, states);
    }
}
