package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every role on every resource, over exec, SFTP and the subsystem, made from {@code roles.txt}: one's own project's,
 * another's, and one that is not there. Another's must look as if it were not there; files must be as open as their
 * routes, and lines decided as exec channels are, whether the role is one's own or a group's.
 */
class SurfacesIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static final Map<String, Ssh> PEOPLE = new HashMap<>();
    private static final String BY_A_GROUP = "-by-a-group";
    private static final long ABSENT = 4711;
    private static long mine;
    private static long theirs;

    /** The files of a build and the routes that they stand for. */
    private static final Map<String, String> FILES = new LinkedHashMap<>(Map.of(
            "build.json", "GET /builds/{id}",
            "log", "GET /builds/{id}/log",
            "jobs/build/log", "GET /builds/{id}/log",
            "source.tar", "GET /builds/{id}/source.tar",
            "manifest", "GET /builds/{id}/manifest",
            "signature", "GET /builds/{id}/signature",
            "provenance.json", "GET /builds/{id}/provenance",
            "artifacts/app", "GET /builds/{id}/artifacts/{path...}"));

    @BeforeAll
    static void twoTeams() throws Exception {
        gateway.projects("web", "theirs");
        Source source = Source.script("echo made > app").also("artifacts: {paths: [app]}\n");
        mine = gateway.admin().submit("web", source);
        theirs = gateway.admin().submit("theirs", source);
        gateway.admin().ended(mine);
        gateway.admin().ended(theirs);
        for (String role : RoleTable.ROLES) {
            PEOPLE.put(role, gateway.user(role, RoleTable.grant(role, "web")));
            PEOPLE.put(role + BY_A_GROUP, gateway.member("member-" + role, RoleTable.grant(role, "web")));
        }
        gateway.user("victim"); // who and what the table's requests name
    }

    static Stream<String> holders() {
        return RoleTable.ROLES.stream().flatMap(role -> Stream.of(role, role + BY_A_GROUP));
    }

    @Test
    void everyFileOfABuildIsSpokenOf() throws Exception {
        String listed = gateway.admin()
                .copying("sftp", "-b", "-", "127.0.0.1:/builds/" + mine)
                .run("ls -1\n".getBytes(StandardCharsets.UTF_8))
                .ok()
                .text();

        assertEquals(
                new TreeSet<>(
                        listed.lines().filter(line -> !line.startsWith("sftp>")).toList()),
                new TreeSet<>(
                        FILES.keySet().stream().map(file -> file.split("/")[0]).toList()));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void aFileIsAsOpenAsItsRoute(String holder) throws Exception {
        String role = holder.replace(BY_A_GROUP, "");
        Path folder = Files.createTempDirectory(gateway.work(), "got");
        Map<String, Boolean> expected = new HashMap<>();
        StringBuilder batch = new StringBuilder();
        for (long build : new long[] {mine, theirs, ABSENT}) {
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                String name = build + "-" + file.getKey().replace('/', '-');
                batch.append("-get /builds/%d/%s %s\n".formatted(build, file.getKey(), folder.resolve(name)));
                expected.put(
                        name, build == mine && RoleTable.line(file.getValue()).allows(role));
            }
        }
        for (String project : List.of("web", "theirs", "absent")) {
            batch.append("-get /projects/%s/latest/build.json %s\n".formatted(project, folder.resolve(project)));
            expected.put(
                    project,
                    project.equals("web") && RoleTable.line("GET /builds/{id}").allows(role));
        }

        PEOPLE.get(holder)
                .copying("sftp", "-b", "-", "127.0.0.1")
                .run(batch.toString().getBytes(StandardCharsets.UTF_8));

        Map<String, Boolean> got = new HashMap<>();
        for (String name : expected.keySet()) {
            got.put(name, Files.exists(folder.resolve(name)));
        }
        assertEquals(expected, got);
    }

    @ParameterizedTest
    @MethodSource("holders")
    void aSourceIsTakenWhereARequestWouldBe(String holder) throws Exception {
        String role = holder.replace(BY_A_GROUP, "");
        Path archive = Files.write(
                gateway.work().resolve(role + ".tar"), Source.script("true").tar());
        for (String project : List.of("web", "theirs", "absent")) {
            int before = builds();

            int exit = PEOPLE.get(holder)
                    .copying("scp", archive.toString(), "127.0.0.1:/incoming/" + project + "/a.tar")
                    .run()
                    .exit();

            boolean allowed = project.equals("web")
                    && RoleTable.line("POST /projects/{p}/builds").allows(role);
            assertEquals(allowed, exit == 0, project);
            assertEquals(allowed ? before + 1 : before, builds(), project);
        }
    }

    /** What one has let stand still would be in the way of the next. */
    @AfterEach
    void goOn() throws Exception {
        for (String still :
                List.of("/drain", "/projects/web/pause", "/projects/theirs/pause", "/builds/" + mine + "/pin")) {
            int exit = gateway.admin().run("DELETE " + still).exit();
            assertTrue(exit == 0 || exit == 66, still);
        }
    }

    @ParameterizedTest
    @MethodSource("holders")
    void aLineOfTheSubsystemIsDecidedLikeAnExecChannel(String holder) throws Exception {
        String role = holder.replace(BY_A_GROUP, "");
        String victim = gateway.user("victim-of-" + holder)
                .run("keys")
                .ok()
                .items()
                .path(0)
                .path("fingerprint")
                .asText();
        Map<String, String> wrong = new LinkedHashMap<>();
        try (Lines lines = Lines.open(PEOPLE.get(holder))) {
            for (RoleTable.Line line : RoleTable.lines()) {
                String method = line.route().split(" ")[0];
                String path = path(line).replace("BUILD", Long.toString(mine)).replace("VICTIM", victim);
                lines.say("{\"id\":\"%s\",\"method\":\"%s\",\"path\":\"%s\"}".formatted(line.route(), method, path));

                int status = lines.answer(line.route()).path("status").asInt();

                int exit = line.exits().get(RoleTable.ROLES.indexOf(role));
                boolean alike = switch (exit) {
                    case 66 -> status == 404;
                    case 77 -> status == 403;
                    default -> status != 404 && status != 403 && status != 401 && status < 500;
                };
                if (!alike) {
                    wrong.put(line.route(), "exit " + exit + ", status " + status);
                }
            }
        }
        assertEquals(Map.of(), wrong);
    }

    /** The path of a line's request, which may be in its short form. */
    private static String path(RoleTable.Line line) {
        String[] route = line.route().split(" ");
        return line.request().startsWith(route[0] + " ")
                ? line.request().split(" ")[1]
                : route[1].replace("{p}", "web").replace("{id}", "BUILD");
    }

    static Stream<RoleTable.Line> onAResource() throws Exception {
        return RoleTable.lines().stream()
                .filter(line -> line.route().contains("{p}") || line.route().contains("{id}"))
                .filter(line ->
                        line.request().contains("BUILD") || line.request().contains("web"))
                .filter(line -> !line.route().matches("(PUT|DELETE) /projects/\\{p}")); // of names, not of projects
    }

    @ParameterizedTest
    @MethodSource("onAResource")
    void whatIsAnothersLooksAsIfItWereNotThere(RoleTable.Line line) throws Exception {
        byte[] source = Source.script("true").tar();
        List<String> seen = new ArrayList<>();
        for (String role : RoleTable.ROLES) {
            Ssh who = PEOPLE.get(role);
            String ofTheirs = line.request().replace("web", "theirs").replace("BUILD", Long.toString(theirs));
            String ofNobodys = line.request().replace("web", "absent").replace("BUILD", Long.toString(ABSENT));
            Outcome another = who.run(ofTheirs, source);
            Outcome none = who.run(ofNobodys, source);
            boolean ofHouse = !RoleTable.grant(role, "web").contains(":");
            if (ofHouse && line.exits().get(RoleTable.ROLES.indexOf(role)) != 66) {
                continue; // who is let do something in every project can tell which there are
            }
            assertEquals(66, another.exit(), () -> role + ": " + ofTheirs + ": " + another);
            assertEquals(none.exit(), another.exit(), role);
            assertEquals(
                    none.errors().replace("absent", "X").replace(Long.toString(ABSENT), "N"),
                    another.errors().replace("theirs", "X").replaceAll("\\b" + theirs + "\\b", "N"),
                    role);
            assertEquals(none.text(), another.text(), role);
            seen.add(role);
        }
        assertTrue(seen.containsAll(List.of("viewer", "builder", "maintainer")), seen::toString);
    }

    private static int builds() throws Exception {
        return gateway.admin().run("ls limit=100").ok().items().size();
    }
}
