package io.sallyport.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void aDocumentHasALineForEachMember() throws Exception {
        assertEquals("""
                id      7
                state   succeeded
                source
                  kind   tar
                  bytes  12
                labels  a, b
                """, document("""
                {"id":7,"state":"succeeded","source":{"kind":"tar","bytes":12},"labels":["a","b"]}"""));
    }

    @Test
    void fewMembersInAListMakeATable() throws Exception {
        assertEquals("""
                grants
                  ROLE        PROJECT
                  admin
                  maintainer  *
                """, document("""
                {"grants":[{"role":"admin"},{"role":"maintainer","project":"*"}]}"""));
    }

    @Test
    void manyMembersInAListStandBelowEachOther() throws Exception {
        assertEquals("""
                jobs
                  a  1
                  b  2
                  c  3
                  d  4
                  e  5
                  f  6
                """, document("""
                {"jobs":[{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}]}"""));
    }

    @Test
    void aPageIsATableWithItsCursor() throws Exception {
        JsonNode item = json("{\"id\":1,\"submittedBy\":\"ann\",\"more\":true}");
        Response.Page page = new Response.Page(List.of(item), Optional.of("1"), List.of("id", "ref", "submittedBy"));

        assertEquals("""
                ID  REF  SUBMITTED BY
                1        ann
                more: after=1
                """, Plain.page(page));
    }

    @Test
    void tablesHaveShortCommitsWholeSecondsAndGrantsInWords() throws Exception {
        JsonNode item = json("""
                {"commit":"0123456789abcdef0123456789abcdef01234567","created":"2026-01-02T03:04:05.678Z",
                "grants":[{"deny":true,"role":"builder","project":"web"},{"role":"admin"}]}""");

        assertEquals(
                """
                COMMIT      CREATED               GRANTS
                0123456789  2026-01-02T03:04:05Z  deny builder web, admin
                """,
                Plain.page(new Response.Page(List.of(item), Optional.empty(), List.of("commit", "created", "grants"))));
    }

    @Test
    void aBuildIsALine() throws Exception {
        assertEquals(
                "build 22 of calc queued\n",
                Plain.build(json("{\"id\":22,\"project\":\"calc\",\"state\":\"queued\"}")));
        assertEquals(
                "build 22 of calc failed: exit status 2\n",
                Plain.build(
                        json("{\"id\":22,\"project\":\"calc\",\"state\":\"failed\",\"reason\":\"exit status 2\"}")));
    }

    @Test
    void aProblemSaysEachOfItsErrorsOnce() throws Exception {
        Problem problem = new Problem(
                "bad-spec",
                "The build's spec has errors",
                422,
                ".sallyport.yml:1:1: no (and 1 more)",
                "",
                Optional.empty(),
                (ObjectNode) json("""
                        {"errors":[{"line":1,"column":1,"message":"no"},{"line":2,"column":3,"message":"nor this"}]}"""));

        assertEquals("error: .sallyport.yml:1:1: no (and 1 more)\n  2:3: nor this\n", Plain.problem(problem));
    }

    @Test
    void aDigestIsShownWhole() throws Exception {
        String digest = "0123456789abcdef".repeat(4);
        JsonNode item = json("{\"sha256\":\"" + digest + "\"}");

        assertEquals(
                "SHA256\n" + digest + "\n",
                Plain.page(new Response.Page(List.of(item), Optional.empty(), List.of("sha256"))));
    }

    @Test
    void aTerminalObeysNothingOfIt() throws Exception {
        assertEquals("ref  \uFFFD[2Jmain\uFFFDgo\n", document("{\"ref\":\"\\u001b[2Jmain\\u202ego\"}"));
    }

    private static String document(String json) throws Exception {
        return Plain.document(json(json));
    }

    private static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text);
    }
}
