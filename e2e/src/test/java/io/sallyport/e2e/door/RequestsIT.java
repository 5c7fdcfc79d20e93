package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be typed, and what is said of what cannot. */
class RequestsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static long build;

    @BeforeAll
    static void oneBuild() throws Exception {
        gateway.projects("web");
        build = gateway.admin().submit("web", Source.script("echo hello"), QUOTED);
        gateway.admin().ended(build);
    }

    /** Given as one argument to ssh, so no shell of this side has a part in it. */
    private static final String QUOTED = """
            labels.single='two  words, $HOME and a \\' labels.dual="say \\"hi\\" \\$(id)" labels.back=one\\ word \
            labels.mixed=a'b'"c" labels.plain=$(id) 'labels.name=whole word'""";

    @Test
    void rootSaysWhatThisIsAndListsEveryRoute() throws Exception {
        JsonNode root = gateway.admin().run("GET /").ok().json();

        assertEquals("sallyport", root.path("name").asText());
        assertTrue(root.path("version").asText().startsWith("0."), root::toString);
        assertTrue(root.path("links").size() > 0 && root.path("limits").size() > 0, root::toString);
        for (JsonNode route : root.path("routes")) {
            for (String member : new String[] {"method", "path", "access", "summary"}) {
                assertTrue(!route.path(member).asText().isEmpty(), route::toString);
            }
        }
    }

    @Test
    void whoamiIsWhoTheKeySays() throws Exception {
        JsonNode me =
                gateway.admin().with("-l", "somebody-else").run("whoami").ok().json();

        assertEquals(GatewayProcess.ADMIN, me.path("identity").asText());
        assertTrue(me.path("credential").path("fingerprint").asText().startsWith("SHA256:"), me::toString);
        assertEquals(
                "[{\"role\":\"admin\"},{\"role\":\"maintainer\",\"project\":\"*\"}]",
                me.path("grants").toString());
    }

    @Test
    void helpListsTheWordsAndHelpOfAWordItsParameters() throws Exception {
        String help = gateway.admin().run("help").ok().text();
        for (String word : new String[] {"submit", "log", "wait", "cancel", "retry", "ls", "show", "queue", "whoami"}) {
            assertTrue(help.contains("\n  " + word), help);
        }

        String submit = gateway.admin().run("help submit").ok().text();
        assertTrue(submit.contains("POST /projects/{p}/builds") && submit.contains("on-disconnect="), submit);
    }

    @Test
    void helpIsEnoughToMakeAnIdentity() throws Exception {
        String help = gateway.admin().run("help PUT /identities/zoe").ok().text();

        String example = help.lines()
                .filter(line -> line.startsWith("  example: echo '"))
                .findFirst()
                .orElseThrow();
        String body = example.substring(example.indexOf('\'') + 1, example.lastIndexOf('\''));
        gateway.admin().run("PUT /identities/zoe", body).ok();
        assertTrue(gateway.admin()
                .run("GET /")
                .ok()
                .json()
                .path("routes")
                .toString()
                .contains("\"body\":{\"form\":\"JSON: kind"));
    }

    @Test
    void withoutACommandThereIsHelpAndExit64() throws Exception {
        Outcome help = gateway.admin().run("").exits(64);

        assertTrue(help.text().contains("usage:"), help::text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "GTE /builds              | 400 | 'GTE'     | 'GET'",
                "get /builds              | 400 | 'get'     | 'GET'",
                "lss                      | 400 | 'lss'     | 'ls'",
                "GET /bilds               | 404 | '/bilds'  | '/builds'",
                "GET /builds/1/lgo        | 404 | /builds/1/lgo | '/builds/1/log'",
                "GET /builds/1/artfacts/a | 404 | artfacts  | '/builds/1/artifacts/a'",
                "POST /projects/web/bulids | 400 | bulids   | POST /projects/web/builds",
                "PUT /projects/web/puase  | 400 | 'web/puase' | /projects/web/pause",
                "PUT /projects/web/secrts/TOKEN | 400 | secrts | /projects/web/secrets/TOKEN",
                "PUT /projects/new/builds | 400 | 'new/builds' | /projects/new/builds is of project 'new'",
                "GET /projects/web/secrts | 404 | secrts    | '/projects/web/secrets'",
                "GET /metrics             | 403 | auditor   | GET /identities/root",
                "log 1 offset=999999      | 400 | 999999    | bytes",
                "retry 1 jobs=faild       | 422 | 'faild'   | 'failed'",
                "secrets web              | 400 | 'secrets' | 'GET /projects/web/secrets'",
                "dashbord                 | 400 | 'dashbord' | 'dashboard'",
                "GET builds               | 400 | '/'       | '/builds'",
                "PUT /builds              | 400 | PUT       | GET",
                "GET                      | 400 | GET       | /builds",
                "GET /builds limt=5       | 400 | 'limt'    | 'limit'",
                "GET /builds zzz=5        | 400 | 'zzz'     | limit",
                "GET /builds?stat=failed  | 400 | 'stat'    | 'state'",
                "GET /builds limit=many   | 400 | 'many'    | number",
                "GET /builds limit=0      | 400 | '0'       | from 1",
                "GET /builds state=runing | 400 | 'runing'  | 'running'",
                "GET /builds format=jsno  | 400 | 'jsno'    | 'json'",
                "GET /builds limit        | 400 | 'limit'   | name=value",
                "GET /builds?limit=1 limit=1 | 400 | 'limit' | twice",
                "GET '/builds             | 400 | '         | closed",
                "GET /builds/%zz          | 400 | %zz       | hexadecimal",
                "GET /builds/%ff          | 400 | %ff       | UTF-8",
                "GET /builds/abc          | 400 | 'abc'     | number",
                "log 1 format=rwa         | 400 | 'rwa'     | 'raw'",
                "log 1 stream=outt        | 400 | 'outt'    | 'out'",
                "log 1 offset=-1          | 400 | '-1'      | 0",
                "log 1 job=nope           | 404 | 'nope'    | build",
                "wait 1 wait=maybe        | 400 | 'maybe'   | true",
                "show                     | 400 | 'show'    | ID",
                "help sumbit              | 404 | 'sumbit'  | 'submit'",
                "submit wbe               | 404 | 'wbe'     | 'web'",
                "submit nowhere           | 404 | 'nowhere' | PUT /projects/nowhere",
                "show 99                  | 404 | 99        | build",
                "GET /builds/1/artifacts/x | 404 | 'x'      | artifact",
                "submit web on-disconnect=cancle | 400 | 'cancle' | 'cancel'",
                "submit web variables.1X=y | 400 | '1X'     | variable",
                "submit web priority=1000 | 400 | '1000'    | 100",
                "log -n 5                 | 400 | '-n'      | option",
                "show 1 1                 | 400 | '1'       | one ID",
                "GET /builds/             | 404 | '/builds/' | '/builds'",
                "GET /projects/web/builds/ | 404 | builds/' | '/projects/web/builds'",
                "artifacts 5              | 400 | 'artifacts' | 'GET /builds/5/artifacts'",
                "GET /identities/rooot    | 404 | 'rooot'   | 'root'",
                "PUT /projects/web        | 422 | empty     | {\"description\"",
                "PUT /identities/ann      | 422 | empty     | {\"grants\"",
                "ls labels.kind=fail      | 400 | 'labels.kind' | 'label.kind'",
                "ls zzz=5                 | 400 | 'zzz'     | label.NAME",
            })
    void whatIsWrongIsNamedAndSoIsWhatWouldBeRight(String request, int status, String culprit, String hint)
            throws Exception {
        String detail =
                gateway.admin().run(request).problem(status).path("detail").asText();

        assertTrue(detail.contains(culprit), detail);
        assertTrue(detail.contains(hint), detail);
    }

    @Test
    void wordsAreSplitAsAShellWouldAndNothingIsExpanded() throws Exception {
        JsonNode labels = gateway.admin().build(build).path("labels");

        assertEquals("two  words, $HOME and a \\", labels.path("single").asText());
        assertEquals("say \"hi\" $(id)", labels.path("dual").asText());
        assertEquals("one word", labels.path("back").asText());
        assertEquals("abc", labels.path("mixed").asText());
        assertEquals("$(id)", labels.path("plain").asText());
        assertEquals("whole word", labels.path("name").asText());
    }

    @Test
    void theTailOfThePathHoldsTheSameParameters() throws Exception {
        String words = gateway.admin()
                .run("GET /builds state=succeeded label.back='one word' limit=1")
                .ok()
                .text();

        assertEquals(
                words,
                gateway.admin()
                        .run("GET /builds?state=succeeded&label.back=one%20word&limit=1")
                        .ok()
                        .text());
        assertEquals(
                words,
                gateway.admin()
                        .run("GET /%62uilds?state=succeeded limit=1")
                        .ok()
                        .text());
    }

    @Test
    void onlyThePathIsPercentDecoded() throws Exception {
        assertEquals(
                0,
                gateway.admin()
                        .run("GET /builds label.back=one%20word")
                        .ok()
                        .items()
                        .size());
    }

    @Test
    void formatTextIsATableForPeople() throws Exception {
        String table = gateway.admin().run("ls format=text").ok().text();

        assertTrue(table.startsWith("ID  PROJECT  STATE"), table);
        assertTrue(table.contains("\n1   web      succeeded"), table);
    }

    @Test
    void aTerminalGetsText() throws Exception {
        Ssh terminal = gateway.admin().with("-tt");

        assertTrue(terminal.run("ls").ok().text().startsWith("ID  PROJECT  STATE"));
        Outcome wrong = terminal.run("lss").exits(64);
        assertEquals(
                "error: unknown word 'lss', did you mean 'ls'?", wrong.errors().strip());
        assertEquals("", wrong.text());
    }

    @Test
    void aRequestLineHasALimit() throws Exception {
        Outcome tooLong = gateway.admin().run("GET /builds ref=" + "x".repeat(70_000));

        assertTrue(tooLong.problem(400).path("detail").asText().contains("65536"), tooLong::errors);
    }
}
