package io.sallyport.gateway.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.keys.Grant;
import io.sallyport.keys.Group;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Policy;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a policy file, and where what is wrong stands. */
class PolicyReaderTest {
    private static final String KEY = KeyLines.next();
    private static final String OTHER = KeyLines.next();

    /** Nine lines that are right; what a test adds begins in line 10. */
    private static final String START = """
            identities:
              ann:
                kind: person
                grants:
                  - {role: admin}
                keys:
                  - KEY ann@laptop
              bob: {kind: service}
              carl:
            """.replace("KEY", KEY);

    @Test
    void aWholePolicyIsRead() {
        Policy policy = accepted(START + """
                    locked: true
                    verifyRequired: true
                    grants:
                      - role: builder
                        project: team/*
                      - {role: viewer, project: "*", deny: true}
                      - {role: auditor}
                groups:
                  devs:
                    members: [carl, ann]
                    grants:
                      - {role: maintainer, project: web}
                  empty:
                  none: {members: [], grants: }
                """);

        assertEquals(
                List.of("ann", "bob", "carl"),
                policy.identities().stream().map(Policy.Entry::name).toList());
        assertEquals(
                new Identity(
                        "carl",
                        Identity.Kind.PERSON,
                        List.of(
                                Grant.allow(Role.BUILDER, new ProjectGlob("team/*")),
                                Grant.allow(Role.AUDITOR, ProjectGlob.EVERY),
                                Grant.deny(Role.VIEWER, ProjectGlob.EVERY)),
                        true,
                        true),
                policy.identities().get(2).identity());
        assertEquals(
                KEY + " ann@laptop",
                policy.identities().getFirst().keys().getFirst().line());
        assertEquals(
                Identity.Kind.SERVICE, policy.identities().get(1).identity().kind());
        assertEquals(
                new Group(
                        "devs", List.of("ann", "carl"), List.of(Grant.allow(Role.MAINTAINER, new ProjectGlob("web")))),
                policy.groups().getFirst());
        assertEquals(3, policy.groups().size());
    }

    @Test
    void aNameIsTakenAsItIsWritten() {
        Policy policy =
                accepted(START.replace("bob", "no").replace("carl", "7") + "groups: {1e3: {members: [no, 7, ann]}}\n");

        assertEquals(List.of("7", "ann", "no"), policy.groups().getFirst().members());
        assertEquals("1e3", policy.groups().getFirst().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "    gants: []                                  ~ 10:5 unknown field 'gants' in carl, did you mean 'grants'?",
                "    colour: red                                ~ 10:5 unknown field 'colour' in carl; there are kind,",
                "    kind: persn                                ~ 10:11 no kind 'persn', did you mean 'person'?",
                "    kind: deploy-key                           ~ 10:11 no kind 'deploy-key'; there are person, service",
                "    kind:                                      ~ 10:10 kind: expected a word, found nothing",
                "    kind: [person]                             ~ 10:11 kind: expected a word, found a list",
                "    locked: yes                                ~ 10:13 locked is true or false, not 'yes'",
                "    grants: {role: admin}                      ~ 10:13 grants of carl: expected a list, found a map",
                "    grants: [admin]                            ~ 10:14 a grant of carl: expected a map, found a word",
                "    grants: [{project: web}]                   ~ 10:14 a grant of carl needs a role; there are viewer,",
                "    grants: [{role: bilder, project: web}]     ~ 10:21 no role 'bilder', did you mean 'builder'?",
                "    grants: [{role: builder}]                  ~ 10:14 the grant of builder needs a project",
                "    grants: [{role: viewer, project: We!b}]    ~ 10:38 'We!b' is no name of a project and no glob",
                "    grants: [{role: admin, project: web}]      ~ 10:37 the role admin is not for one project",
                "    grants: [{role: admin, deni: true}]        ~ 10:28 unknown field 'deni' in a grant of carl, did you",
                "    grants: [{role: admin, role: admin}]       ~ 10:28 'role' is given twice, first in line 10",
                "    keys: ssh-ed25519                          ~ 10:11 keys of carl: expected a list, found a word",
                "    keys: [ssh-ed25519 AAAA]                   ~ 10:12 a key of carl: the key is malformed",
                "    keys: [-----BEGIN OPENSSH PRIVATE KEY-----] ~ 10:12 a key of carl: ",
                "    keys: [KEY]                                ~ 10:12 the key FINGERPRINT stands for ann already, in line 7",
                "    keys: [OTHER, OTHER x]                     ~ stands for carl already, in line 10",
                "  ann: {}                                      ~ 10:3 'ann' is given twice, first in line 2",
                "  Dora: {}                                     ~ 10:3 'Dora' is no name for an identity",
                "  break-glass: {}                              ~ 10:3 'break-glass' is kept for 'sallyport admin grant-once'",
                "  ? [x]\\n  : {}                               ~ 10:5 a name in identities: expected a word, found a list",
                "  dora: &a {}                                  ~ 10:9 anchors and aliases are not taken here",
                "  dora: {keys: [&k KEY]}\\n  e: {keys: [*k]}  ~ 10:17 anchors and aliases are not taken here",
                "  dora: *nobody                                ~ 10:9 not YAML: found undefined alias nobody",
                "  dora: !java.net.URL {}                       ~ 10:9 tags are not taken here",
                "  dora: {kind: !!binary person                 ~ not YAML: ",
                "group: {}                                      ~ 10:1 unknown field 'group' in the policy, did you mean 'groups'?",
                "groups: [devs]                                 ~ 10:9 groups: expected a map, found a list",
                "groups: {De: {}}                               ~ 10:10 'De' is no name for a group",
                "groups: {d: {mebers: []}}                      ~ 10:14 unknown field 'mebers' in group d, did you mean 'members'?",
                "groups: {d: {members: [ann, anm]}}             ~ 10:29 no identity 'anm' in this policy, did you mean 'ann'?",
                "groups: {d: {members: [zacharias]}}            ~ 10:24 no identity 'zacharias' in this policy",
                "groups: {d: {members: [ann, bob, ann]}}        ~ 10:34 'ann' is a member of group d already",
                "groups: {d: {grants: [{role: admn}]}}          ~ 10:30 no role 'admn', did you mean 'admin'?",
                "--- {}                                         ~ 10:1 not YAML: but found another document",
                "\ttab: {}                                      ~ 10:1 not YAML: ",
            })
    void whatIsWrongIsNamedAtItsPlace(String added, String expected) {
        String text = START
                + added.stripTrailing().replace("\\n", "\n").replace("KEY", KEY).replace("OTHER", OTHER) + "\n";
        List<PolicyError> errors = rejected(text);

        String first = errors.getFirst().in("f");
        String wanted = expected.strip()
                .replace(
                        "FINGERPRINT",
                        accepted(START)
                                .identities()
                                .getFirst()
                                .keys()
                                .getFirst()
                                .fingerprint());
        assertTrue(first.replaceFirst("f:(\\d+:\\d+): ", "$1 ").contains(wanted), first + " is not " + wanted);
        assertEquals(1, errors.size(), errors::toString);
    }

    @Test
    void allErrorsAreToldAtOnceInTheirOrder() {
        List<PolicyError> errors = rejected("""
                identities:
                  Ann: {kind: robot, locked: maybe}
                  bob: {keys: [nonsense], gants: []}
                groups:
                  devs: {members: [bbo], grants: [{role: king}]}
                colours: {}
                """);

        assertEquals(
                List.of("2:3", "2:15", "2:30", "3:16", "3:27", "5:20", "5:42", "6:1"),
                errors.stream()
                        .map(error -> error.line() + ":" + error.column())
                        .toList());
    }

    @Test
    void manyErrorsAreCounted() {
        List<PolicyError> errors = rejected(START + "  x: {a: 1}\n");
        assertEquals(1, errors.size());
        StringBuilder text = new StringBuilder(START);
        for (int i = 0; i < 150; i++) {
            text.append("  x").append(i).append(": {colour: red}\n");
        }

        List<PolicyError> many = rejected(text.toString());

        assertEquals(101, many.size());
        assertEquals("and 50 more errors", many.getLast().message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "identities: {}", "identities:\n", "groups: {}", "{}"})
    void nothingIsNoPolicy(String text) {
        assertEquals(1, rejected(text).size());
    }

    @ParameterizedTest
    @CsvSource({
        "- {role: admin}, - {role: auditor}",
        "kind: person, locked: true",
        "kind: person, verifyRequired: true",
        "keys:, locked: false #",
    })
    void anAdministratorMustBeLeft(String from, String to) {
        String text = START.replace(from, to).replaceAll("#\n.*\n", "\n");

        PolicyError error = rejected(text).getFirst();

        assertTrue(error.message().contains("there must be an administrator"), error::message);
        assertEquals(2, error.line());
    }

    @Test
    void aDeployKeyIsNobodysKey() {
        PolicyReader reader = new PolicyReader(fingerprint -> Optional.of("deploy:web:ci"));

        PolicyReading.Rejected rejected =
                assertInstanceOf(PolicyReading.Rejected.class, reader.read(START.getBytes(StandardCharsets.UTF_8)));

        assertTrue(rejected.errors().getFirst().message().contains("is the deploy key deploy:web:ci"));
        assertEquals(7, rejected.errors().getFirst().line());
    }

    @Test
    void whatIsNoTextIsToldWhere() {
        byte[] latin = (START + "  jürgen: {}\n").getBytes(StandardCharsets.ISO_8859_1);
        PolicyReading.Rejected rejected =
                assertInstanceOf(PolicyReading.Rejected.class, new PolicyReader().read(latin));
        assertEquals("f:10:4: this is not UTF-8", rejected.errors().getFirst().in("f"));

        assertEquals(
                "f:10:4: a character that YAML does not allow here: U+001B",
                rejected(START + "  d\u001b[2J: {}\n").getFirst().in("f"));
        assertInstanceOf(PolicyReading.Rejected.class, new PolicyReader().read(new byte[PolicyReader.LARGEST + 1]));
    }

    @Test
    void whatWouldHideOnATerminalIsShown() {
        String message = rejected(START + "  \u202eann: {}\n").getFirst().message();

        assertTrue(message.startsWith("'\\u202Eann' is no name"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void depthIsBounded(String open) {
        assertTimeout(Duration.ofSeconds(5), () -> rejected(open.repeat(100_000)));
    }

    @Test
    void aliasesDoNotMakeLittleTextMuch() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String before = "*a" + (i - 1);
            text.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, before))));
        }

        assertTimeout(Duration.ofSeconds(1), () -> rejected(text.toString()));
    }

    private static Policy accepted(String text) {
        PolicyReading reading = new PolicyReader().read(text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(PolicyReading.Accepted.class, reading, reading::toString)
                .policy();
    }

    private static List<PolicyError> rejected(String text) {
        PolicyReading reading = new PolicyReader().read(text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(PolicyReading.Rejected.class, reading, text).errors();
    }
}
