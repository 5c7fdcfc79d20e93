package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sallyport admin policy}: the whole policy as one file, out and in. */
class PolicyIT {
    private static final int NOT_LET_IN = 255;
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private final GatewayProcess gateway = new GatewayProcess();
    private Path file;

    @BeforeEach
    void make() throws Exception {
        gateway.prepare();
        file = gateway.work().resolve("policy.yml");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void whatIsExportedAndImportedIsExportedAgainByteByByte() throws Exception {
        gateway.start().projects("web");
        gateway.user("ann", "builder:web");
        gateway.user("no", "viewer:web");
        gateway.admin()
                .run(
                        "PUT /groups/devs",
                        "{\"members\":[\"no\",\"ann\"],\"grants\":[{\"role\":\"maintainer\",\"project\":\"team/*\"},"
                                + "{\"deny\":true,\"role\":\"viewer\",\"project\":\"*\"}]}")
                .ok();

        String served = policy("export").ok().text();
        policy("export", file.toString()).ok();
        assertEquals(served, Files.readString(file));
        assertTrue(policy("check", file).ok().text().contains("nothing is wrong; identities: 3, keys: 3, groups: 1"));
        assertTrue(policy("import", file).ok().text().contains("is the same: nothing was changed"));
        gateway.kill();

        assertEquals(served, policy("export").ok().text(), "without a gateway");
        GatewayProcess other = new GatewayProcess();
        try {
            other.prepare();
            policy(other, "import", "--remove", file.toString()).ok();
            assertEquals(served, policy(other, "export").ok().text(), "of another gateway");
        } finally {
            other.close();
        }
        gateway.start();
    }

    @Test
    void anImportCountsAtOnceForWhoIsConnectedToo() throws Exception {
        gateway.start().projects("web");
        Ssh ann = gateway.user("ann", "builder:web");
        Ssh bob = gateway.user("bob", "builder:web");
        Signal signal = gateway.signal();
        long build = ann.submit("web", Source.script("echo begun; " + signal.awaited()));
        Path key = gateway.key("carl");
        String carl = Files.readString(Path.of(key + ".pub")).strip();
        String before = policy("export").ok().text();
        String after = without(before, "ann")
                .replace(
                        "groups: {}",
                        "  carl: {keys: [" + carl + "]}\n\ngroups:\n  devs:\n    members: [carl]\n"
                                + "    grants: [{role: viewer, project: web}]")
                .replace("role: builder", "role: maintainer");
        Files.writeString(file, after);

        try (Running session = ann.with("-o", "LogLevel=INFO").start("log " + build + " follow=true")) {
            session.give(new byte[0]).out().await("begun\n");

            Outcome refused = policy("import", file).exits(64);
            assertTrue(refused.errors().contains("identity ann: REMOVED\n"), refused::errors);
            assertTrue(refused.errors().contains("give --remove"), refused::errors);
            assertEquals("", refused.text());
            Outcome dry =
                    policy("import", "--dry-run", "--remove", file.toString()).ok();
            assertTrue(dry.text().endsWith("dry run: nothing was changed\n"), dry::text);
            assertEquals(before, policy("export").ok().text());
            gateway.client(key).run("whoami").exits(NOT_LET_IN);

            Outcome done = policy("import", "--remove", "--reason", "ann leaves", file.toString())
                    .ok();

            assertTrue(done.text().contains("identity carl: added\n"), done::text);
            assertTrue(done.text().contains("  + maintainer on web\n"), done::text);
            Await.until("the session's end", PROMISED, () -> !session.alive());
            Outcome ended = session.end().exits(NOT_LET_IN);
            assertTrue(ended.errors().contains("this key has been removed"), ended::errors);
        }
        ann.run("whoami").exits(NOT_LET_IN);
        gateway.client(key).run("GET /projects/web").ok();
        bob.run("cancel " + build).ok();
        signal.give();
        String audit = gateway.user("olga", "auditor").run("GET /audit").ok().text();
        assertTrue(audit.contains("\"type\":\"policy-import\"") && audit.contains("\"reason\":\"ann leaves\""), audit);
        assertTrue(audit.contains("\"change\":\"REMOVED\",\"subject\":\"identity ann\""), audit);
        assertTrue(audit.contains("\"type\":\"policy-imported\""), audit);
        assertTrue(gateway.log().contains("POLICY imported by="));

        gateway.kill().start();
        gateway.client(key).run("GET /projects/web").ok();
        ann.run("whoami").exits(NOT_LET_IN);
    }

    @Test
    void aBrokenPolicyIsToldWholeAndChangesNothing() throws Exception {
        gateway.start();
        gateway.user("ann", "builder:web");
        String before = policy("export").ok().text();
        Files.writeString(
                file,
                before.replace("role: builder", "role: bilder")
                        .replace("groups: {}", "groups:\n  devs: {mebers: [anm]}\n  ops: {members: [anm]}"));

        for (Outcome refused : List.of(
                policy("check", file), policy("import", file), policy("import", "--dry-run", file.toString()))) {
            refused.exits(65);
            assertEquals("", refused.text());
            assertTrue(
                    refused.errors().contains(file + ":8:16: no role 'bilder', did you mean 'builder'?"),
                    refused::errors);
            assertTrue(
                    refused.errors().contains("unknown field 'mebers' in group devs, did you mean 'members'?"),
                    refused::errors);
            assertTrue(
                    refused.errors().contains("no identity 'anm' in this policy, did you mean 'ann'?"),
                    refused::errors);
        }
        assertEquals(before, policy("export").ok().text());
        gateway.admin().run("GET /identities/ann").ok();
    }

    @Test
    void aPolicyWithoutAnAdministratorIsRefused() throws Exception {
        gateway.start();
        Files.writeString(file, policy("export").ok().text().replace("{role: admin}", "{role: auditor}"));

        Outcome refused = policy("import", file).exits(65);

        assertTrue(refused.errors().contains("there must be an administrator"), refused::errors);
        gateway.admin().run("GET /identities").ok();
    }

    @Test
    void withoutAGatewayItCountsFromTheNextStart() throws Exception {
        Path key = gateway.key("carl");
        String carl = Files.readString(Path.of(key + ".pub")).strip();
        Files.writeString(file, policy("export").ok().text().replace("groups: {}", "  carl: {keys: [" + carl + "]}"));

        policy("import", file).ok();
        gateway.start();

        gateway.client(key).run("whoami").ok();
        GatewayProcess.launcher(
                        "sallyport", "admin", "audit", "verify", gateway.home().toString())
                .run()
                .ok();
        String audit = gateway.user("olga", "auditor").run("GET /audit").ok().text();
        assertTrue(audit.contains("\"change\":\"added\",\"subject\":\"identity carl\""), audit);
    }

    @Test
    void anOrderThatAnEarlierGatewayDidNotTakeIsNotDoneByTheNext() throws Exception {
        Files.writeString(
                gateway.home().resolve("policy.order"),
                "{\"id\":\"1\",\"do\":\"import\",\"text\":\"identities: {}\",\"remove\":true}");

        gateway.start();

        assertFalse(Files.exists(gateway.home().resolve("policy.order")));
        String answer = Files.readString(gateway.home().resolve("policy.answer"));
        assertTrue(answer.contains("was started anew meanwhile"), answer);
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(gateway.home().resolve("policy.answer"))));
        gateway.admin().run("whoami").ok();
    }

    @Test
    void breakGlassIsNotInTheFileAndStaysIn() throws Exception {
        gateway.start();
        Path key = gateway.key("rescue");
        GatewayProcess.launcher("sallyport", "admin", "grant-once")
                .with("--home", gateway.home().toString(), "--key", key + ".pub", "--reason", "a test")
                .run()
                .ok();
        String exported = policy("export").ok().text();
        assertFalse(exported.contains("break-glass"), exported);
        Files.writeString(file, exported.replace("groups: {}", "  carl: {}"));

        policy("import", "--remove", file.toString()).ok();

        gateway.client(key).run("GET /identities/carl").ok();
    }

    /** The moment of the kill: when the order is taken, when its record is written, when the database is. */
    @ParameterizedTest
    @ValueSource(strings = {"taken", "recorded", "written", "written", "answered"})
    void killedInTheMiddleTheOldPolicyIsInForceOrTheNew(String moment) throws Exception {
        gateway.start();
        String before = policy("export").ok().text();
        String after = large(before);
        Path order = gateway.home().resolve("policy.order");
        Path wal = gateway.home().resolve("keys.sqlite-wal");
        long written = Files.size(wal);
        try (Running errand = errand(file).start()) {
            Await.until("the order", () -> Files.exists(order) || !errand.alive());
            Await.until(moment, () -> switch (moment) {
                case "taken" -> !Files.exists(order);
                case "recorded" -> audit().contains("policy-import");
                case "written" -> Files.size(wal) != written;
                default -> !errand.alive();
            });
            gateway.kill();
        }

        String now = policy("export").ok().text();
        assertTrue(now.equals(before) || now.equals(after), () -> "neither the old nor the new: " + now);
        if (moment.equals("answered")) {
            assertEquals(after, now);
        }
        gateway.start().admin().run("GET /identities/root").ok();
        assertEquals(now, policy("export").ok().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"recorded", "written"})
    void killedInTheMiddleWithoutAGatewayItIsTheSame(String moment) throws Exception {
        String before = policy("export").ok().text();
        String after = large(before);
        Path wal = gateway.home().resolve("keys.sqlite-wal");
        try (Running errand = errand(file).start()) {
            Await.until(moment, () -> switch (moment) {
                case "recorded" -> audit().contains("policy-import") || !errand.alive();
                default -> Files.exists(wal) && Files.size(wal) > 0 || !errand.alive();
            });
            errand.kill().end();
        }

        String now = policy("export").ok().text();
        assertTrue(now.equals(before) || now.equals(after), () -> "neither the old nor the new: " + now);
        gateway.start().admin().run("GET /identities/root").ok();
    }

    /** The same policy with so many more that putting it in force takes a while, in the file too. */
    private String large(String policy) throws Exception {
        StringBuilder more = new StringBuilder();
        for (int i = 10_000; i < 14_000; i++) {
            more.append("  p").append(i).append(":\n    kind: person\n");
            more.append("    grants:\n      - {role: viewer, project: web}\n");
        }
        String text = policy.replace("  root:", more + "  root:");
        Files.writeString(file, text);
        return text;
    }

    private String audit() throws Exception {
        Path segment = gateway.home().resolve("audit/00000001.ndjson");
        return Files.exists(segment) ? Files.readString(segment) : "";
    }

    private static String without(String policy, String name) {
        return policy.replaceFirst("(?s)  " + name + ":\n.*?(?=\n  \\w|\n\n)\n", "");
    }

    private Program errand(Path from) {
        return GatewayProcess.launcher("sallyport", "admin", "policy", "import")
                .with("--home", gateway.home().toString(), from.toString());
    }

    private Outcome policy(String command, Path from) throws Exception {
        return policy(command, from.toString());
    }

    private Outcome policy(String command, String... words) throws Exception {
        return policy(gateway, command, words);
    }

    private static Outcome policy(GatewayProcess gateway, String command, String... words) throws Exception {
        Program program = GatewayProcess.launcher("sallyport", "admin", "policy", command);
        return (command.equals("check")
                        ? program
                        : program.with("--home", gateway.home().toString()))
                .with(words)
                .run();
    }
}
