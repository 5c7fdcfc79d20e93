package io.sallyport.gateway.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.keys.DeployKey;
import io.sallyport.keys.DeployKeys;
import io.sallyport.keys.DeployQuotas;
import io.sallyport.keys.DeployScope;
import io.sallyport.keys.DeployVerb;
import io.sallyport.keys.Grant;
import io.sallyport.keys.Group;
import io.sallyport.keys.HostKey;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Policy;
import io.sallyport.keys.ProjectGlob;
import io.sallyport.keys.Role;
import io.sallyport.keys.SqliteIdentityStore;
import io.sallyport.keys.audit.AuditLog;
import io.sallyport.keys.audit.AuditRecords;
import io.sallyport.keys.audit.AuditSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders on a real store, with a real audit log. */
class PolicyDeskTest {
    private static final Grant ADMIN = Grant.allow(Role.ADMIN, ProjectGlob.EVERY);
    private static final Grant BUILDER = Grant.allow(Role.BUILDER, new ProjectGlob("web"));

    @TempDir
    Path folder;

    private SqliteIdentityStore store;
    private AuditLog audit;
    private PolicyDesk desk;

    @BeforeAll
    static void cryptography() {
        Security.addProvider(new BouncyCastleProvider());
    }

    @BeforeEach
    void open() throws IOException {
        store = SqliteIdentityStore.open(folder.resolve("keys.sqlite"));
        AuditSettings settings = new AuditSettings(1 << 20, Duration.ofDays(1), 10, Duration.ofDays(10));
        audit = AuditLog.open(
                folder.resolve("audit"), settings, Clock.systemUTC(), HostKey.make(folder.resolve("host_key")));
        desk = new PolicyDesk(store);
        store.put(new Identity("ann", Identity.Kind.PERSON, List.of(ADMIN), false), "root");
        store.put(new Identity("bob", Identity.Kind.PERSON, List.of(BUILDER), false), "root");
        store.addKey("ann", KeyLines.next() + " ann@laptop", "root");
        store.addKey("bob", KeyLines.next() + " bob@desk", "root");
        store.groups().put(new Group("devs", List.of("ann", "bob"), List.of(BUILDER)), "root");
    }

    @AfterEach
    void close() throws IOException {
        audit.close();
        store.close();
    }

    @Test
    void whatIsExportedAndImportedChangesNothing() throws Exception {
        String text = desk.export().text();

        assertTrue(bring(text, false).text().contains("is the same: nothing was changed"));
        assertEquals(text, desk.export().text());
        assertEquals(List.of(), records());
    }

    @Test
    void eachChangeIsToldAndOnRecordBeforeItIsDone() throws Exception {
        String bob = store.keys("bob").getFirst().fingerprint();
        String text = desk.export()
                .text()
                .replace("role: builder, project: web}\n    keys", "role: viewer, project: web}\n    keys")
                .replaceFirst("(?s)    keys:\n      - \\S+ \\S+ bob@desk\n", "    locked: true\n")
                .replace("- ann\n", "- carl\n")
                .replace("groups:\n", "  carl: {kind: service}\n\ngroups:\n");

        PolicyAnswer planned = desk.plan(order(text, true));
        assertEquals("""
                identity bob: changed
                    LOCKED: nothing is allowed to it
                  - builder on web
                  + viewer on web
                  - key FINGERPRINT bob@desk
                identity carl: added
                    kind: service
                group devs: changed
                  - member ann
                  + member carl
                identities: 1 added, 1 changed, 0 removed; groups: 0 added, 1 changed, 0 removed; keys: 0 added, 1 removed
                dry run: nothing was changed
                """.replace("FINGERPRINT", bob), planned.text());
        assertEquals(List.of(), records());

        PolicyAnswer done = bring(text, true);

        assertEquals(0, done.status(), done::text);
        assertEquals(planned.text().replace("dry run: nothing was changed", "this is in force now"), done.text());
        assertTrue(store.identity("bob").orElseThrow().locked());
        assertEquals(List.of(), store.keys("bob"));
        List<String> records = records();
        assertTrue(
                records.getFirst().startsWith("policy-import by=tess changes=identities: 1 added"), records::toString);
        assertTrue(records.contains("policy-change change=- key " + bob + " bob@desk subject=identity bob"));
        assertTrue(records.contains("policy-change change=+ member carl subject=group devs"));
        assertTrue(records.getLast().startsWith("policy-imported sha256="), records::toString);
    }

    @Test
    void whatIsNotInTheFileIsRemovedOnlyWhenAskedFor() throws Exception {
        String whole = desk.export().text();
        deployKeyOf("bob");
        Policy before = store.policy();
        String less = whole.replaceFirst("(?s)  bob:.*?\n\n", "\n").replace("      - bob\n", "");

        PolicyAnswer refused = bring(less, false);

        assertEquals(64, refused.status());
        assertTrue(
                refused.text().contains("identity bob: REMOVED; 1 deploy key that it has made lets nobody in any more"),
                refused::text);
        assertTrue(refused.text().endsWith("if that is meant, give --remove\n"), refused::text);
        assertTrue(desk.plan(order(less, false)).text().contains("it takes --remove"));
        assertEquals(before, store.policy());
        assertEquals(List.of(), records());

        assertEquals(0, bring(less, true).status());
        assertTrue(store.identity("bob").isEmpty());
        assertEquals(less, desk.export().text());
    }

    @Test
    void aKeyOfAProjectIsNamedWithItsPlace() throws Exception {
        String line = deployKeyOf("bob");
        String text = desk.export().text().replace("groups:\n", "  carl: {keys: [" + line + "]}\n\ngroups:\n");

        PolicyAnswer refused = bring(text, true);

        assertEquals(65, refused.status());
        assertTrue(
                refused.text().matches("(?s)p\\.yml:\\d+:17: the key .* is the deploy key deploy:web:ci.*"),
                refused::text);
        assertTrue(store.identity("carl").isEmpty());
    }

    @Test
    void breakGlassIsInNoFileAndStays() throws Exception {
        store.put(new Identity(Identity.BREAK_GLASS, Identity.Kind.PERSON, List.of(ADMIN), false), "root");
        store.addKey(Identity.BREAK_GLASS, KeyLines.next(), "root");

        String text = desk.export().text();
        assertFalse(text.contains(Identity.BREAK_GLASS), text);
        assertEquals(0, bring(text.replace("ann@laptop", "ann@home"), false).status());

        assertEquals(1, store.keys(Identity.BREAK_GLASS).size());
        assertEquals("ann@home", store.keys("ann").getFirst().comment());
    }

    @Test
    void withoutARecordNothingIsDone() throws Exception {
        String text = desk.export().text().replace("ann@laptop", "ann@home");
        Policy before = store.policy();

        PolicyAnswer refused = desk.bring(order(text, false), () -> {
            throw new IOException("on purpose");
        });

        assertEquals(69, refused.status());
        assertEquals(before, store.policy());
    }

    @Test
    void whenTheDiskDoesNotTakeItNothingIsDone() throws Exception {
        String text = desk.export().text().replace("ann@laptop", "ann@home");
        Policy before = store.policy();
        store.close();

        assertEquals(69, bring(text, false).status());

        store = SqliteIdentityStore.open(folder.resolve("keys.sqlite"));
        assertEquals(before, store.policy());
        assertTrue(records().getLast().startsWith("policy-import-failed why="));
    }

    private PolicyAnswer bring(String text, boolean remove) throws InterruptedException {
        return desk.bring(order(text, remove), () -> audit);
    }

    private static PolicyOrder.Import order(String text, boolean remove) {
        return new PolicyOrder.Import("p.yml", text, remove, false, "tess", "");
    }

    private String deployKeyOf(String creator) {
        String line = KeyLines.next();
        DeployScope scope = new DeployScope(
                Set.of(DeployVerb.SUBMIT), List.of(), List.of(), Instant.now().plusSeconds(3600), DeployQuotas.NONE);
        assertInstanceOf(
                DeployKeys.Put.Made.class,
                store.deployKeys().put(new DeployKey.Wanted("web", "ci", creator, scope), line));
        return line;
    }

    /** What is noted about policies, in words. */
    private List<String> records() throws Exception {
        List<String> all = new ArrayList<>();
        try (AuditRecords records = audit.records(0, false)) {
            for (JsonNode record = records.next(); record != null; record = records.next()) {
                if (record.path("type").asText().startsWith("policy")) {
                    StringBuilder words = new StringBuilder(record.path("type").asText());
                    record.path("facts")
                            .properties()
                            .forEach(fact -> words.append(' ')
                                    .append(fact.getKey())
                                    .append('=')
                                    .append(fact.getValue().asText()));
                    all.add(words.toString());
                }
            }
        }
        return all;
    }
}
