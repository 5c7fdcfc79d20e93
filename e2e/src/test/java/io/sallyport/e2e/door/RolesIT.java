package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route, asked as every role, that somebody has themselves and that a group gives them, against {@code roles.txt}. */
class RolesIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static final List<String> ROLES = RoleTable.ROLES;
    private static final Map<String, Ssh> PEOPLE = new HashMap<>();
    private static final Map<String, Ssh> MEMBERS = new HashMap<>();
    private static long build;
    private static String victim;
    private static String victimOfMembers;

    @BeforeAll
    static void everybody() throws Exception {
        gateway.projects("web");
        Source source = Source.script("touch app").also("artifacts: {paths: [app]}\n");
        build = gateway.admin().submit("web", source);
        gateway.admin().ended(build);
        for (String role : ROLES) {
            PEOPLE.put(role, gateway.user(role, RoleTable.grant(role, "web")));
            MEMBERS.put(role, gateway.member("member-" + role, RoleTable.grant(role, "web")));
        }
        victim = keyOf(gateway.user("victim"));
        victimOfMembers = keyOf(gateway.user("second-victim"));
    }

    private static String keyOf(Ssh who) throws Exception {
        return who.run("keys").ok().items().path(0).path("fingerprint").asText();
    }

    @Test
    void everyRouteHasItsLine() throws Exception {
        List<String> routes = Json.each(
                gateway.admin().run("GET /").ok().json().path("routes"),
                route ->
                        route.path("method").asText() + " " + route.path("path").asText());

        assertEquals(
                new TreeSet<>(routes),
                new TreeSet<>(lines().stream().map(RoleTable.Line::route).toList()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void eachRoleGetsWhatThePolicySays(RoleTable.Line line) throws Exception {
        String request = line.request().replace("BUILD", Long.toString(build));

        assertEquals(
                line.exits(),
                exits(PEOPLE, request.replace("VICTIM", victim)),
                () -> "of " + ROLES + " for " + request);
        assertEquals(
                line.exits(),
                exits(MEMBERS, request.replace("VICTIM", victimOfMembers)),
                () -> "of members of groups, " + ROLES + " for " + request);
    }

    private static List<Integer> exits(Map<String, Ssh> callers, String request) throws Exception {
        List<Integer> exits = new ArrayList<>();
        for (String role : ROLES) {
            exits.add(callers.get(role).run(request).exit());
        }
        return exits;
    }

    @Test
    void aBuilderCancelsWhatIsHerOwn() throws Exception {
        Signal signal = gateway.signal();
        Ssh builder = PEOPLE.get("builder");
        long own = builder.submit("web", Source.script(signal.awaited()));
        long other = PEOPLE.get("maintainer").submit("web", Source.script(signal.awaited()));

        builder.run("cancel " + other).problem(403);
        builder.run("cancel " + own).ok();
        PEOPLE.get("maintainer").run("cancel " + other).ok();
    }

    @Test
    void onlyAMaintainerSetsPriorities() throws Exception {
        byte[] source = Source.script("true").tar();

        JsonNode problem =
                PEOPLE.get("builder").run("submit web priority=1", source).problem(403);

        assertEquals("you may not give 'priority' here", problem.path("detail").asText());
        PEOPLE.get("maintainer").run("submit web priority=1", source).ok();
    }

    @Test
    void everybodyRemovesTheirOwnKeyAndIsOutThen() throws Exception {
        Ssh leaver = gateway.user("leaver");
        String key = leaver.run("keys").ok().items().path(0).path("fingerprint").asText();

        leaver.run("DELETE /keys/" + key);

        assertEquals(255, leaver.run("whoami").exit());
    }

    private static List<RoleTable.Line> lines() throws Exception {
        return RoleTable.lines();
    }
}
