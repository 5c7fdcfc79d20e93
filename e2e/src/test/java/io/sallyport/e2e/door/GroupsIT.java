package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grants that people have in common. */
class GroupsIT {
    private static final String BUILDERS = "\"grants\":[{\"role\":\"builder\",\"project\":\"web\"}]";

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    @BeforeAll
    static void aProject() throws Exception {
        gateway.projects("web", "other");
    }

    @Test
    void aGrantOfAGroupOpensAProjectAndLeavingTheGroupClosesItInTheSameConnection() throws Exception {
        Ssh ann = gateway.user("ann");
        Path control = gateway.work().resolve("control");
        try (Running connection = ann.with("-o", "ControlMaster=yes", "-o", "ControlPath=" + control, "-N")
                .start("")) {
            Await.until("the connection", () -> Files.exists(control));
            Ssh same = ann.with("-o", "ControlPath=" + control);
            same.run("GET /projects/web").problem(404);

            put("devs", "{\"members\":[\"ann\"]," + BUILDERS + "}").ok();
            same.run("GET /projects/web").ok();
            same.run("GET /projects/other").problem(404);
            long build = same.submit("web", Source.script("true"));

            put("guests", "{\"members\":[\"ann\"],\"grants\":[{\"deny\":true,\"role\":\"builder\",\"project\":\"*\"}]}")
                    .ok();
            same.run("show " + build).problem(404);
            gateway.admin().run("DELETE /groups/guests").ok();
            same.run("show " + build).ok();

            put("devs", "{\"members\":[]," + BUILDERS + "}").ok();
            same.run("show " + build).problem(404);
            same.run("GET /projects/web").problem(404);
            assertEquals(1, connections("ann"), "all of it was one connection");
            assertTrue(connection.alive());
        }
        String audit = gateway.user("olga", "auditor").run("GET /audit").ok().text();
        assertTrue(audit.contains("\"rule\":\"group devs: builder on web\""), audit);
        assertTrue(audit.contains("\"rule\":\"group guests: deny builder on *\""), audit);
    }

    private static int connections(String identity) throws Exception {
        int count = 0;
        for (JsonNode connection : gateway.admin().run("GET /connections").ok().items()) {
            count += connection.path("identity").asText().equals(identity) ? 1 : 0;
        }
        return count;
    }

    @Test
    void whoamiAndTheListTellWhichGrantComesFromWhere() throws Exception {
        Ssh bob = gateway.user("bob", "viewer:other");
        put("testers", "{\"members\":[\"bob\"]," + BUILDERS + "}").ok();
        String grants =
                "[{\"role\":\"viewer\",\"project\":\"other\"},{\"role\":\"builder\",\"project\":\"web\",\"group\":\"testers\"}]";

        for (JsonNode seen : new JsonNode[] {
            bob.run("whoami").ok().json(),
            gateway.admin().run("GET /identities/bob").ok().json()
        }) {
            assertEquals(grants, seen.path("grants").toString());
            assertEquals("[\"testers\"]", seen.path("groups").toString());
        }
        String people = bob.run("whoami format=text").ok().text();
        assertTrue(
                people.contains("ROLE     PROJECT  GROUP\n") && people.contains("builder  web      testers\n"), people);
        assertTrue(people.contains("\ngroups   "), people);

        JsonNode problem = gateway.admin()
                .run("PUT /identities/bob", "{\"grants\":" + grants + "}")
                .problem(422);
        assertTrue(problem.path("detail").asText().contains("is changed with PUT /groups/testers"), problem::toString);
    }

    @Test
    void aGroupIsMadeShownReplacedListedAndRemoved() throws Exception {
        gateway.user("carl");
        gateway.user("dora");
        String made = put("ops", "{\"members\":[\"dora\",\"carl\"]," + BUILDERS + "}")
                .ok()
                .text();

        assertEquals("{\"name\":\"ops\",\"members\":[\"carl\",\"dora\"]," + BUILDERS + "}\n", made);
        assertEquals(made, gateway.admin().run("GET /groups/ops").ok().text());
        assertTrue(gateway.admin().run("GET /groups").ok().text().contains(made.strip()));
        String text =
                gateway.admin().run("GET /groups limit=1 format=text").ok().text();
        assertTrue(text.startsWith("NAME  ") && text.contains("MEMBERS  ") && text.contains("GRANTS\n"), text);

        gateway.admin().run("DELETE /identities/dora").ok();
        assertEquals(
                "[\"carl\"]",
                gateway.admin()
                        .run("GET /groups/ops")
                        .ok()
                        .json()
                        .path("members")
                        .toString());

        put("ops", "{}").ok();
        assertEquals(
                "{\"name\":\"ops\",\"members\":[],\"grants\":[]}\n",
                gateway.admin().run("GET /groups/ops").ok().text());
        gateway.admin().run("DELETE /groups/ops").ok();
        gateway.admin().run("GET /groups/ops").problem(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "some | {'members':['evq']}                         | 422 | no identity 'evq', did you mean 'eve'?",
                "some | {'members':['evq','qqq']}                   | 422 | no identity 'evq', did you mean 'eve'?; no identity 'qqq'",
                "some | {'members':['deploy:web:ci']}               | 422 | no identity 'deploy:web:ci'",
                "some | {'members':'eve'}                           | 422 | 'members' must be a list",
                "some | {'members':[7]}                             | 422 | 'members' must be a list of texts",
                "some | {'membres':[]}                              | 422 | unknown field 'membres', did you mean 'members'?",
                "some | {'grants':[{'role':'bilder','project':'*'}]} | 422 | no role 'bilder', did you mean 'builder'?",
                "some | {'grants':[{'role':'builder'}]}             | 422 | needs a 'project'",
                "some | {'grants':[{'role':'builder','proj':'*'}]}  | 422 | unknown field 'proj', did you mean 'project'?",
                "Some | {}                                          | 400 | 'Some' is no name for a group",
            })
    void whatIsWrongIsNamedWithWhatWasMeant(String name, String body, int status, String detail) throws Exception {
        gateway.admin().run("PUT /identities/eve", "{}").ok();

        JsonNode problem = put(name, body.replace('\'', '"')).problem(status);

        assertTrue(problem.path("detail").asText().contains(detail), problem::toString);
        gateway.admin().run("GET /groups/some").problem(404);
    }

    @Test
    void aGroupThatIsMisspeltIsNamed() throws Exception {
        put("painters", "{}").ok();

        for (String request : new String[] {"GET /groups/paintres", "DELETE /groups/paintres"}) {
            JsonNode problem = gateway.admin().run(request).problem(404);
            assertEquals(
                    "no group 'paintres', did you mean 'painters'?",
                    problem.path("detail").asText());
        }
    }

    @Test
    void theHouseIsNotLockedThroughAGroup() throws Exception {
        String never = "{\"members\":[\"root\"],\"grants\":[{\"deny\":true,\"role\":\"admin\"}]}";
        JsonNode problem = put("never", never).problem(409);
        assertTrue(problem.path("detail").asText().contains("last administrator"), problem::toString);

        gateway.admin().run("PUT /identities/heir", "{}").ok();
        put("heirs", "{\"members\":[\"heir\"],\"grants\":[{\"role\":\"admin\"}]}")
                .ok();
        gateway.admin().run("DELETE /identities/root").problem(409);

        Path key = gateway.key("heir");
        gateway.admin()
                .run("POST /identities/heir/keys", Files.readString(Path.of(key + ".pub")))
                .ok();
        Ssh heir = gateway.client(key);
        put("never", never).ok();
        gateway.admin().run("GET /identities").problem(403);

        heir.run("PUT /groups/heirs", "{}").problem(409);
        heir.run("DELETE /groups/heirs").problem(409);
        heir.run("DELETE /identities/heir").problem(409);
        heir.run("DELETE /groups/never").ok();
        gateway.admin().run("DELETE /groups/heirs").ok();
        heir.run("GET /identities").problem(403);
    }

    @Test
    void aDeployKeyDoesWhatItsMakerMayThroughAGroup() throws Exception {
        Ssh mia = gateway.user("mia");
        put("maintainers", "{\"members\":[\"mia\"],\"grants\":[{\"role\":\"maintainer\",\"project\":\"web\"}]}")
                .ok();
        Path key = gateway.key("ci");
        mia.run("POST /projects/web/deploy-keys name=ci verbs=submit", Files.readString(Path.of(key + ".pub")))
                .ok();
        byte[] source = Source.script("true").tar();
        gateway.client(key).run("submit web", source).ok();

        put("maintainers", "{\"members\":[]}").ok();

        gateway.client(key).run("submit web", source).problem(404);
    }

    @Test
    void groupsOutliveACrash() throws Exception {
        Ssh zoe = gateway.user("zoe");
        put("zoes", "{\"members\":[\"zoe\"]," + BUILDERS + "}").ok();

        gateway.kill().start();

        zoe.run("GET /projects/web").ok();
        assertFalse(zoe.run("whoami").ok().json().path("groups").isEmpty());
    }

    private static Outcome put(String name, String body) throws Exception {
        return gateway.admin().run("PUT /groups/" + name, body);
    }
}
