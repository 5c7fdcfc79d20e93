package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many requests over one channel: {@code ssh -s HOST sallyport}. */
class SubsystemIT {
    private static final int IN_FLIGHT = 64;
    private static final int LONGEST_LINE = 1 << 20;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("limits.heartbeat: 1s");

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @Test
    void aSlowStreamDelaysNoOtherRequestAndEndsWithTheBuild() throws Exception {
        Signal go = gateway.signal();
        long build =
                gateway.admin().submit("web", Source.script("echo begun\n" + go.awaited() + "\necho done; exit 3"));
        try (Lines lines = Lines.open(gateway.admin())) {
            lines.get("log", "/builds/" + build + "/log", "\"follow\":true");
            lines.first(
                    "the log", line -> line.path("item").path("text").asText().startsWith("begun"));
            lines.get("who", "/whoami").get("show", "/builds/" + build);

            assertEquals("root", lines.answer("who").at("/body/identity").asText());
            assertEquals("running", lines.answer("show").at("/body/state").asText());
            go.give();
            JsonNode end = lines.end("log");
            assertTrue(end.path("end").asBoolean(), end::toString);
            assertEquals(1, end.path("exit").asInt(), "the result, as on an exec channel");
            JsonNode last = lines.said().stream()
                    .filter(line -> line.path("item").has("end"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("failed", last.at("/item/state").asText());
            assertEquals(0, lines.finish().exit());
        }
    }

    @Test
    void theRecordsOfALogAreThoseOfAnExecChannel() throws Exception {
        long build = gateway.admin().submit("web", Source.script("seq 1 200; echo oops >&2"));
        gateway.admin().ended(build);
        List<JsonNode> expected = Json.lines(
                gateway.admin().run("log " + build + " format=ndjson").ok().text());
        try (Lines lines = Lines.open(gateway.admin())) {
            lines.get("1", "/builds/" + build + "/log?stream=out,err,system");
            lines.end("1");
            assertEquals(
                    expected,
                    lines.said().stream()
                            .filter(line -> line.has("item"))
                            .map(line -> line.path("item"))
                            .toList());
        }
    }

    @Test
    void aCanceledRequestEndsAndTheBuildGoesOn() throws Exception {
        Signal go = gateway.signal();
        long build = gateway.admin().submit("web", Source.script("echo begun\n" + go.awaited()));
        try (Lines lines = Lines.open(gateway.admin())) {
            lines.get("log", "/builds/" + build + "/log", "\"follow\":\"true\"");
            lines.get("wait", "/builds/" + build, "\"wait\":true");
            lines.first(
                    "the log", line -> line.path("item").path("text").asText().startsWith("begun"));
            lines.say("{\"id\":\"log\",\"cancel\":true}").say("{\"id\":\"wait\",\"cancel\":true}");

            assertEquals("canceled", lines.end("log").at("/problem/type").asText());
            assertEquals("canceled", lines.end("wait").at("/problem/type").asText());
            assertEquals("running", gateway.admin().build(build).path("state").asText());
            lines.get("log", "/whoami"); // the id is free again
            lines.first("the second answer", line -> line.path("body").has("identity"));
        } finally {
            go.give();
        }
    }

    @Test
    void aQuietStreamGivesSignsOfLife() throws Exception {
        Signal go = gateway.signal();
        long build = gateway.admin().submit("web", Source.script(go.awaited()));
        try (Lines lines = Lines.open(gateway.admin())) {
            lines.get("log", "/builds/" + build + "/log", "\"follow\":true");
            lines.first("a sign of life", line -> line.has("heartbeat"));
        } finally {
            go.give();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hello                                             | is not JSON
            [1]                                               | not a JSON object
            {"method":"GET","path":"/"}                       | 'id' must be
            {"id":{},"method":"GET","path":"/"}               | 'id' must be
            {"id":"","method":"GET","path":"/"}               | 'id' must be
            {"id":"1","id":"2","method":"GET","path":"/"}     | is not JSON
            {"id":"1"} {"id":"2"}                             | is not JSON
            {"id":"\\ud800","method":"GET","path":"/"}         | half of a pair of
            """)
    void aLineThatIsNoRequestGetsAProblemWithoutId(String line, String detail) throws Exception {
        try (Lines lines = Lines.open(gateway.admin())) {
            JsonNode problem = lines.say(line).first("a problem", said -> said.has("problem"));
            assertFalse(problem.has("id"), problem::toString);
            assertTrue(problem.at("/problem/detail").asText().contains(detail), problem::toString);
            assertEquals(
                    200,
                    lines.get("after", "/whoami").answer("after").path("status").asInt());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id":"x","method":"FETCH","path":"/"}                            | 400 | one of GET, POST, PUT, DELETE
            {"id":"x","method":"GET"}                                         | 400 | 'path' must be a text
            {"id":"x","method":"GET","path":"builds"}                         | 400 | did you mean '/builds'?
            {"id":"x","method":"GET","pth":"/builds"}                         | 400 | did you mean 'path'?
            {"id":"x","method":"GET","path":"/build"}                         | 404 | /builds
            {"id":"x","method":"GET","path":"/builds","params":[1]}           | 400 | 'params' must be an object
            {"id":"x","method":"GET","path":"/builds","params":{"limit":{}}}  | 400 | parameter 'limit'
            {"id":"x","method":"GET","path":"/builds?limit=1","params":{"limit":2}} | 400 | given twice
            {"id":"x","method":"GET","path":"/builds/999999"}                 | 404 | no build 999999
            {"id":"x","cancel":true}                                          | 404 | no request
            {"id":"x","cancel":1}                                             | 400 | 'cancel' must be true
            {"id":"x","method":"GET","path":"/builds/1/source.tar"}           | 400 | exec or SFTP
            """)
    void whatCannotBeAnsweredGetsAProblemWithItsId(String line, int status, String detail) throws Exception {
        gateway.admin().ended(gateway.admin().submit("web", Source.script("true")));
        try (Lines lines = Lines.open(gateway.admin())) {
            JsonNode problem = lines.say(line).answer("x");
            assertEquals(status, problem.path("status").asInt(), problem::toString);
            assertTrue(problem.at("/problem/detail").asText().contains(detail), problem::toString);
            assertEquals(
                    200,
                    lines.get("after", "/whoami").answer("after").path("status").asInt());
        }
    }

    @Test
    void aLineThatIsTooLongIsLetPass() throws Exception {
        try (Lines lines = Lines.open(gateway.admin())) {
            lines.say("{\"id\":\"1\",\"path\":\"" + "x".repeat(LONGEST_LINE) + "\"}");
            assertEquals(
                    413,
                    lines.first("a problem", line -> line.has("problem"))
                            .at("/problem/status")
                            .asInt());
            assertEquals(
                    200,
                    lines.get("after", "/whoami").answer("after").path("status").asInt());
        }
    }

    @Test
    void anIdInUseIsRefusedWithoutEndingTheRequestThatHasIt() throws Exception {
        Signal go = gateway.signal();
        long build = gateway.admin().submit("web", Source.script(go.awaited()));
        try (Lines lines = Lines.open(gateway.admin())) {
            lines.get("1", "/builds/" + build, "\"wait\":true").get("1", "/whoami");
            JsonNode refused = lines.first("a problem", line -> line.has("problem"));
            assertFalse(refused.has("id"), refused::toString);
            go.give();
            assertEquals("succeeded", lines.answer("1").at("/body/state").asText());
        }
    }

    @Test
    void anIdIsFreeAsSoonAsItsAnswerIsThere() throws Exception {
        int many = 1000;
        try (Lines lines = Lines.open(gateway.admin())) {
            for (int i = 1; i <= many; i++) {
                lines.get("1", "/whoami");
                lines.session().out().awaitLines(i);
            }
            for (JsonNode line : lines.said()) {
                assertEquals(200, line.path("status").asInt(), line::toString);
            }
            assertEquals(0, lines.finish().exit());
        }
    }

    @Test
    void moreRequestsThanMayRunAreRefusedAndTheOthersGoOn() throws Exception {
        Signal go = gateway.signal();
        long build = gateway.admin().submit("web", Source.script(go.awaited()));
        try (Lines lines = Lines.open(gateway.admin())) {
            for (int i = 0; i < IN_FLIGHT; i++) {
                lines.get("w" + i, "/builds/" + build, "\"wait\":true");
            }
            JsonNode refused = lines.get("more", "/whoami").answer("more");
            assertEquals(429, refused.path("status").asInt(), refused::toString);
            assertTrue(refused.at("/problem/retryAfter").asInt() > 0, refused::toString);
            go.give();
            for (int i = 0; i < IN_FLIGHT; i++) {
                assertEquals(
                        "succeeded", lines.answer("w" + i).at("/body/state").asText());
            }
        }
    }

    /** As {@code printf … | ssh -s HOST sallyport}: all that was asked is answered, each once, and then it is over. */
    @Test
    void tenThousandRequestsAtOnceAreEachAnsweredOnce() throws Exception {
        int many = 10_000;
        byte[] all = IntStream.range(0, many)
                .mapToObj(i -> "{\"id\":" + i + ",\"method\":\"GET\",\"path\":\"/whoami\"}\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        List<JsonNode> answers =
                Json.lines(gateway.admin().subsystem("sallyport").run(all).ok().text());
        assertEquals(many, answers.size());
        assertEquals(
                many,
                answers.stream().map(line -> line.path("id").asInt()).distinct().count());
        assertTrue(answers.stream()
                .allMatch(line -> List.of(200, 429).contains(line.path("status").asInt())));
    }

    @Test
    void aPeerThatNeverReadsHarmsNobody() throws Exception {
        long build = gateway.admin().submit("web", Source.script("seq 1 40000")); // as records 4 MB, more than a window
        gateway.admin().ended(build);
        String command =
                String.join(" ", quoted(gateway.admin().subsystem("sallyport").words()));
        Program deaf = Program.of("bash", "-c", "exec " + command + " > >(exec sleep 600)");
        try (Running running = deaf.start();
                Lines lines = Lines.open(gateway.admin())) {
            String ask = "{\"id\":1,\"method\":\"GET\",\"path\":\"/builds/" + build + "/log\"}\n";
            running.in().write(ask.getBytes(StandardCharsets.UTF_8));
            running.in().write("{\"id\":2,\"method\":\"GET\",\"path\":\"/whoami\"}\n".getBytes(StandardCharsets.UTF_8));
            running.in().flush();
            assertEquals(
                    200,
                    lines.get("who", "/whoami").answer("who").path("status").asInt());
            String log =
                    gateway.admin().run("log " + build + " stream=out").ok().text();
            assertTrue(log.endsWith("\n40000\n"));
            assertTrue(running.alive());
        }
    }

    @Test
    void whatIsNotToBeSeenIsNotThere() throws Exception {
        long build = gateway.admin().submit("web", Source.script("true"));
        Ssh stranger = gateway.user("stranger", "viewer:other");
        try (Lines lines = Lines.open(stranger)) {
            JsonNode hidden = lines.get("1", "/builds/" + build).answer("1");
            JsonNode absent = lines.get("2", "/builds/" + (build + 1000)).answer("2");
            assertEquals(404, hidden.path("status").asInt());
            assertEquals(
                    absent.path("problem").toString().replace(Long.toString(build + 1000), Long.toString(build)),
                    hidden.path("problem").toString());
        }
    }

    @Test
    void aBodyIsATextOrJson() throws Exception {
        try (Lines lines = Lines.open(gateway.admin())) {
            lines.say(
                    "{\"id\":\"1\",\"method\":\"PUT\",\"path\":\"/projects/made\",\"body\":{\"description\":\"by line\"}}");
            assertEquals("by line", lines.answer("1").at("/body/description").asText());
            lines.say("{\"id\":\"2\",\"method\":\"PUT\",\"path\":\"/projects/made\",\"body\":\"{\\\"weight\\\":2}\"}");
            assertEquals(2, lines.answer("2").at("/body/weight").asInt());
        }
    }

    private static List<String> quoted(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").toList();
    }
}
