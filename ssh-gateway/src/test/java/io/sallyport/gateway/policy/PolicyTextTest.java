package io.sallyport.gateway.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.keys.Grant;
import io.sallyport.keys.Group;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Policy;
import io.sallyport.keys.PolicyKey;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again as the same, whatever people have written into it. */
class PolicyTextTest {
    private static final List<String> GLOBS = List.of("*", "web", "team/*", "*/web", "7", "on", "a.b/c_d-e");
    private static final List<String> NAMES =
            List.of("no", "on", "y", "null", "true", "7", "0x1f", "1.5", "1e3", "2026-11-20", "a-b", "x.y_z", "0");
    private static final List<String> COMMENTS = List.of(
            "",
            "ann@laptop",
            "two  words",
            "a: b",
            "# no comment",
            "it's \"quoted\" \\ back",
            "tab\there",
            "ünïcode 鍵 🔑",
            "right\u202eto left",
            "line\u2028separator \ufeff mark",
            "- item",
            "{a}, [b]",
            "%&*!|>@`");

    @Test
    void aPolicyLooksLikeThis() {
        String line = KeyLines.next();
        Identity ann = new Identity(
                "ann",
                Identity.Kind.PERSON,
                List.of(
                        Grant.allow(Role.ADMIN, ProjectGlob.EVERY),
                        Grant.deny(Role.VIEWER, new ProjectGlob("team/secret")),
                        Grant.allow(Role.MAINTAINER, new ProjectGlob("team/*"))),
                false,
                true);
        Identity bot = new Identity("7zip", Identity.Kind.SERVICE, List.of(), true);
        Policy policy = new Policy(
                List.of(new Policy.Entry(bot, List.of()), new Policy.Entry(ann, List.of(key(line + " ann: 1")))),
                List.of(
                        new Group(
                                "devs", List.of("ann", "7zip"), List.of(Grant.allow(Role.BUILDER, ProjectGlob.EVERY))),
                        new Group("empty", List.of(), List.of())));

        String text = PolicyText.of(policy);

        assertEquals("""
                identities:
                  "7zip":
                    kind: service
                    locked: true
                  ann:
                    kind: person
                    verifyRequired: true
                    grants:
                      - {role: maintainer, project: team/*}
                      - {role: admin}
                      - {role: viewer, project: team/secret, deny: true}
                    keys:
                      - "KEY ann: 1"

                groups:
                  devs:
                    members:
                      - "7zip"
                      - ann
                    grants:
                      - {role: builder, project: "*"}
                  empty: {}
                """.replace("KEY", line), text.substring(text.indexOf("identities:")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void writtenAndReadItIsTheSame(long seed) {
        Policy policy = random(new Random(seed));

        String text = PolicyText.of(policy);
        PolicyReading reading = new PolicyReader().read(text.getBytes(StandardCharsets.UTF_8));

        Policy again = assertInstanceOf(PolicyReading.Accepted.class, reading, () -> reading + "\n" + text)
                .policy();
        assertEquals(policy, again);
        assertEquals(text, PolicyText.of(again));
    }

    private static Policy random(Random random) {
        List<Policy.Entry> entries = new ArrayList<>();
        entries.add(new Policy.Entry(
                new Identity("root", Identity.Kind.PERSON, List.of(Grant.allow(Role.ADMIN, ProjectGlob.EVERY)), false),
                List.of(key(KeyLines.next()))));
        for (String name : NAMES) {
            List<PolicyKey> keys = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                keys.add(key(KeyLines.next() + " " + COMMENTS.get(random.nextInt(COMMENTS.size()))));
            }
            Identity.Kind kind = random.nextBoolean() ? Identity.Kind.PERSON : Identity.Kind.SERVICE;
            Identity identity = new Identity(name, kind, grants(random), random.nextBoolean(), random.nextBoolean());
            entries.add(new Policy.Entry(identity, keys));
        }
        List<Group> groups = new ArrayList<>();
        for (String name : NAMES.subList(0, random.nextInt(NAMES.size()))) {
            List<String> members = new ArrayList<>(NAMES);
            Collections.shuffle(members, random);
            groups.add(new Group(name, members.subList(0, random.nextInt(NAMES.size())), grants(random)));
        }
        Collections.shuffle(entries, random);
        return new Policy(
                entries, groups.stream().filter(PolicyTextTest::harmless).toList());
    }

    /** Takes no administrator away. */
    private static boolean harmless(Group group) {
        return !group.members().contains("root");
    }

    private static List<Grant> grants(Random random) {
        List<Grant> grants = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            Role role = Role.values()[random.nextInt(Role.values().length)];
            String glob = role.ofHouse() ? "*" : GLOBS.get(random.nextInt(GLOBS.size()));
            Grant.Effect effect = random.nextInt(3) == 0 ? Grant.Effect.DENY : Grant.Effect.ALLOW;
            grants.add(new Grant(effect, role, new ProjectGlob(glob)));
        }
        return grants;
    }

    private static PolicyKey key(String line) {
        return assertInstanceOf(PolicyKey.Reading.Accepted.class, PolicyKey.read(line))
                .key();
    }
}
