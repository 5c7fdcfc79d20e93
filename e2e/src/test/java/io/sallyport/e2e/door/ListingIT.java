package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists: newest first, filtered, page by page; and a submission that is told twice. */
class ListingIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static final List<Long> builds = new ArrayList<>();

    /** Sees the builds that are listed here, and not those that are told twice. */
    private static Ssh reader;

    @BeforeAll
    static void someBuilds() throws Exception {
        gateway.projects("web", "team/api", "keyed/one", "keyed/two");
        reader = gateway.user("reader", "viewer:web", "viewer:team/*");
        add("web", "true", "ref=main labels.kind=nightly");
        add("web", "false", "ref=main labels.kind=push labels.by=ann");
        add("team/api", "true", "ref=topic labels.kind=nightly");
        add("web", "true", "ref=topic labels.kind=push labels.by=bob");
        add("team/api", "false", "");
        for (long id : builds) {
            gateway.admin().ended(id);
        }
    }

    @Test
    void newestFirst() throws Exception {
        assertEquals(builds.reversed(), ids("ls"));
    }

    @Test
    void ofOneProject() throws Exception {
        assertEquals(numbers(4, 2, 1), ids("GET /projects/web/builds"));
        assertEquals(numbers(5, 3), ids("GET /projects/team/api/builds"));
        assertEquals(numbers(5, 3), ids("ls project=team/api"));
        assertEquals(numbers(2), ids("ls project=web state=failed"));
    }

    @Test
    void filters() throws Exception {
        assertEquals(numbers(5, 2), ids("ls state=failed"));
        assertEquals(numbers(), ids("ls state=running"));
        assertEquals(numbers(2, 1), ids("ls ref=main"));
        assertEquals(numbers(3, 1), ids("ls label.kind=nightly"));
        assertEquals(numbers(4), ids("ls label.kind=push label.by=bob"));
        assertEquals(numbers(2), ids("GET /projects/web/builds?state=failed&label.by=ann&ref=main"));
    }

    @Test
    void aProjectThatMayNotBeSeenIsAsEmptyAsOneThatIsNot() throws Exception {
        gateway.projects("hidden");
        gateway.admin().ended(gateway.admin().submit("hidden", Source.script("true")));

        assertEquals(
                reader.run("ls project=nowhere").ok().text(),
                reader.run("ls project=hidden").ok().text());
        assertEquals(numbers(), ids("ls project=hidden"));
        assertEquals(
                reader.run("ls project=nowhere").errors().replace("nowhere", "hidden"),
                reader.run("ls project=hidden").errors());
    }

    @Test
    void aMisspeltProjectIsNamedByThoseThatTheReaderSees() throws Exception {
        gateway.projects("webb");

        assertEquals(
                "{\"notice\":\"there is no project 'wbe' that you may see, did you mean 'web'?\"}\n",
                reader.run("ls project=wbe").ok().errors());
        assertEquals(
                "notice: there is no project 'webb' that you may see, did you mean 'web'?\n",
                reader.run("ls project=webb format=text").ok().errors());
        assertEquals("", reader.run("ls project=web").ok().errors());
    }

    @Test
    void pageByPage() throws Exception {
        List<Long> seen = new ArrayList<>();
        JsonNode page = reader.run("ls limit=2").ok().json();
        assertEquals(2, page.path("items").size());
        while (page.has("next")) {
            seen.addAll(numbersOf(page));
            page = reader.run("ls limit=2 after=" + page.path("next").asText())
                    .ok()
                    .json();
        }
        seen.addAll(numbersOf(page));

        assertEquals(builds.reversed(), seen);
        assertFalse(reader.run("ls limit=5").ok().json().has("next"));
    }

    @Test
    void pagesForPeopleSayHowToGoOn() throws Exception {
        String page = reader.run("ls limit=2 format=text").ok().text();

        assertTrue(page.endsWith("more: after=" + builds.get(3) + "\n"), page);
    }

    @Test
    void theSameIdempotencyKeyGivesTheSameBuild() throws Exception {
        byte[] source = Source.script("echo once").tar();
        long first = submitted("idempotency-key=a1", source);

        assertEquals(first, submitted("idempotency-key=a1", source));
        assertNotEquals(first, submitted("idempotency-key=a2", source));
        gateway.admin().ended(first);
        assertEquals(first, submitted("idempotency-key=a1", source));
    }

    @Test
    void theSameKeyInAnotherProjectIsAnotherBuild() throws Exception {
        byte[] source = Source.script("true").tar();
        long first = gateway.admin()
                .run("submit keyed/one idempotency-key=k", source)
                .ok()
                .json()
                .path("id")
                .asLong();

        assertNotEquals(
                first,
                gateway.admin()
                        .run("submit keyed/two idempotency-key=k", source)
                        .ok()
                        .json()
                        .path("id")
                        .asLong());
    }

    private static long submitted(String parameters, byte[] source) throws Exception {
        return gateway.admin()
                .run("submit keyed/one " + parameters, source)
                .ok()
                .json()
                .path("id")
                .asLong();
    }

    private static void add(String project, String script, String parameters) throws Exception {
        builds.add(gateway.admin().submit(project, Source.script(script), parameters));
    }

    private static List<Long> numbers(int... counted) {
        List<Long> ids = new ArrayList<>();
        for (int each : counted) {
            ids.add(builds.get(each - 1));
        }
        return ids;
    }

    private static List<Long> ids(String request) throws Exception {
        return numbersOf(reader.run(request).ok().json());
    }

    private static List<Long> numbersOf(JsonNode page) {
        return Json.each(page.path("items"), item -> item.path("id").asLong());
    }
}
