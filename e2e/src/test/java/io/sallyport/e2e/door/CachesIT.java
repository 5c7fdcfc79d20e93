package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What builds leave for later builds. */
class CachesIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("cache.projectBytes: 1MiB");

    private static final String MAKE = "mkdir -p deps/bin; echo made > deps/a; chmod 750 deps/a; ln -s ../a deps/bin/a";

    private static Source cached(String cache, String... script) {
        return Source.spec("cache:\n" + cache.indent(2) + "script:\n"
                + String.join(
                        "",
                        Stream.of(script).map(line -> "  - \"" + line + "\"\n").toList()));
    }

    private static Source source(String... script) {
        return cached("key: k\npaths: [deps]", script);
    }

    /** A build's log. */
    private static String log(String project, Source source, String parameters) throws Exception {
        return gateway.admin()
                .run("submit " + project + " follow=true " + parameters, source.tar())
                .text();
    }

    private static String log(String project, Source source) throws Exception {
        return log(project, source, "");
    }

    private static void assertHas(String log, String line) {
        assertTrue(log.lines().anyMatch(each -> each.matches(line)), () -> "no " + line + " in:\n" + log);
    }

    @Test
    void whatOneBuildHasLeftTheNextOneFinds() throws Exception {
        gateway.projects("web");
        String first = log("web", source(MAKE));
        assertHas(first, "cache k: nothing there");
        assertHas(first, "cache k: saved, \\d+ bytes of 5 bytes in 2 files \\(.* s\\)");

        String second = log("web", source("cat deps/bin/a", "stat -c '%a %N' deps/a deps/bin/a"));
        assertHas(second, "cache k: restored, \\d+ bytes, saved .* s ago \\(.* s\\)");
        assertHas(second, "made");
        assertHas(second, "750 'deps/a'");
        assertHas(second, "777 'deps/bin/a' -> '../a'");
        assertHas(second, "cache k: unchanged, \\d+ bytes \\(.* s\\)");
        assertHas(second, "build \\d+ succeeded");
    }

    @Test
    void aFailedBuildSavesWhenItIsAskedTo() throws Exception {
        gateway.projects("failing");
        log("failing", source(MAKE, "exit 1"));
        String always = "key: k\npaths: [deps]\nwhen: always";
        assertHas(log("failing", cached(always, MAKE, "exit 1")), "cache k: nothing there");

        assertHas(log("failing", source("cat deps/a")), "made");
    }

    @Test
    void keysAreMadeOfVariablesAndFallBack() throws Exception {
        gateway.projects("keys");
        String cache = "key: $CI_COMMIT_REF_SLUG/$FLAVOUR\nfallback_keys: [none, main/$FLAVOUR]\npaths: [deps]";
        log("keys", cached(cache, MAKE), "ref=main variables.FLAVOUR=x");
        String other = log("keys", cached(cache, "cat deps/a"), "ref=feature/one variables.FLAVOUR=x");

        assertHas(other, "cache feature-one/x: nothing there; restored from main/x, .*");
        assertHas(other, "made");
        assertEquals(List.of("feature-one/x", "main/x"), keys("keys"));
    }

    @Test
    void policiesGoOneWay() throws Exception {
        gateway.projects("ways");
        log("ways", cached("key: k\npaths: [deps]\npolicy: pull", MAKE));
        assertEquals(List.of(), keys("ways"));
        log("ways", cached("key: k\npaths: [deps]\npolicy: push", MAKE));
        String push = log("ways", cached("key: k\npaths: [deps]\npolicy: push", "test ! -e deps", MAKE));
        assertHas(push, "build \\d+ succeeded");
        assertEquals(List.of("k"), keys("ways"));
    }

    @Test
    void whatIsTooLargeIsNotSavedAndTheBuildSucceeds() throws Exception {
        gateway.projects("large");
        String log = log("large", source("mkdir deps; head -c 2000000 /dev/urandom > deps/a"));

        assertHas(log, "WARNING: cache k: not saved: larger than 1048576 bytes compressed");
        assertHas(log, "build \\d+ succeeded");
    }

    @Test
    void hostilePathsAndKeysStayInside() throws Exception {
        gateway.projects("hostile");
        String cache = "key: '../../../tmp/canary'\npaths: [deps, out]";
        log(
                "hostile",
                cached(cache, "mkdir deps; ln -s /etc deps/etc; ln -s / out; echo x > deps/f; mkfifo deps/pipe"));
        // The next one's source has links where the cache has folders and files.
        Source linked = cached(cache, "cat deps/f; test -L deps/etc; test ! -e /tmp/deps-canary");
        String log = gateway.admin()
                .run(
                        "submit hostile follow=true",
                        linked.packed("ln -s real deps; mkdir real; echo source > real/f; tar -c ."))
                .text();

        assertHas(log, "cache ../../../tmp/canary: restored, .*");
        assertHas(log, "x");
        assertHas(log, "build \\d+ succeeded");
        assertFalse(Files.exists(Path.of("/tmp/canary")));
        assertEquals(List.of("../../../tmp/canary"), keys("hostile"));
    }

    @Test
    void anUntrustedBuildNeverFeedsATrustedOneButReadsFromIt() throws Exception {
        gateway.admin()
                .run("PUT /projects/trust", "{\"protectedRefs\":[\"main\"]}")
                .ok();
        log("trust", source("mkdir deps; echo poison > deps/a"), "ref=feature");
        String trusted = log("trust", source("test ! -e deps", "mkdir deps; echo trusted > deps/a"), "ref=main");
        assertHas(trusted, "cache k: nothing there");
        assertHas(trusted, "cache k: saved, .*");
        log("trust", cached("key: t\npaths: [deps]", "mkdir deps; echo trusted > deps/a"), "ref=main");

        assertHas(log("trust", source("cat deps/a"), "ref=feature"), "poison");
        String reading =
                log("trust", cached("key: t\npaths: [deps]", "cat deps/a; echo poison > deps/a"), "ref=feature");
        assertHas(reading, "cache t: restored, .*, of a trusted build \\(.* s\\)");
        assertHas(reading, "trusted");
        assertHas(log("trust", cached("key: t\npaths: [deps]", "cat deps/a"), "ref=main"), "trusted");
        JsonNode items = gateway.admin().run("GET /projects/trust/caches").ok().items();
        assertEquals(
                List.of("k trusted", "k untrusted", "t trusted", "t untrusted"),
                Json.each(
                        items,
                        item -> item.path("key").asText() + " "
                                + item.path("trust").asText()));
    }

    @Test
    void maintainersSeeAndForgetThem() throws Exception {
        gateway.projects("kept", "kept/other");
        log("kept", cached("- key: a\n  paths: [deps]\n- key: b/c d\n  paths: [deps]", MAKE));
        log("kept/other", cached("key: a\npaths: [deps]", MAKE));
        Ssh maintainer = gateway.user("mia", "maintainer:kept");
        JsonNode items = maintainer.run("GET /projects/kept/caches").ok().items();

        assertEquals(
                List.of("a", "b/c d"), Json.each(items, item -> item.path("key").asText()));
        assertEquals("untrusted", items.path(0).path("trust").asText());
        assertTrue(items.path(0).path("size").asLong() > 0);
        assertTrue(items.path(0).path("saved").asText().endsWith("Z"));
        assertTrue(items.path(0).path("used").asText().endsWith("Z"));
        maintainer.run("DELETE '/projects/kept/caches/b/c d'").ok();
        maintainer.run("DELETE '/projects/kept/caches/b/c d'").problem(404);
        assertEquals(List.of("a"), keys("kept"));
        gateway.user("bob", "builder:kept").run("DELETE /projects/kept/caches").problem(403);
        maintainer.run("DELETE /projects/kept/caches").ok();
        assertEquals(List.of(), keys("kept"));
        assertEquals(List.of("a"), keys("kept/other"));
        maintainer.run("DELETE /projects/kept/caches").ok();
        maintainer.run("GET /projects/kept/other/caches").problem(404);
    }

    @Test
    void aProjectMadeAnewGainsNothing() throws Exception {
        gateway.projects("anew");
        log("anew", source(MAKE));
        assertEquals(List.of("k"), keys("anew"));
        gateway.admin().run("DELETE /projects/anew").ok();
        gateway.projects("anew");

        assertEquals(List.of(), keys("anew"));
        assertHas(log("anew", source("test ! -e deps")), "cache k: nothing there");
    }

    private static List<String> keys(String project) throws Exception {
        JsonNode items =
                gateway.admin().run("GET /projects/" + project + "/caches").ok().items();
        return Json.each(items, item -> item.path("key").asText());
    }

    @Test
    void theyOutliveTheGatewayAndDamageIsAMiss() throws Exception {
        try (GatewayProcess other = new GatewayProcess().prepare().start()) {
            other.projects("web");
            Ssh admin = other.admin();
            admin.run("submit web follow=true", source(MAKE).tar()).ok();
            other.kill();
            Files.writeString(other.home().resolve("cache/blobs/tmp/left"), "by a crash");
            other.start();
            assertHas(
                    admin.run("submit web follow=true", source("cat deps/a").tar())
                            .text(),
                    "made");
            List<Path> files = files(other.home().resolve("cache"));
            assertEquals(1, files.size(), files.toString());
            byte[] bytes = Files.readAllBytes(files.getFirst());
            bytes[bytes.length / 2] ^= 1;
            Files.write(files.getFirst(), bytes);

            String log = admin.run(
                            "submit web follow=true",
                            source("test ! -e deps", MAKE).tar())
                    .ok()
                    .text();
            assertHas(log, "cache k: nothing there; k was damaged, its bytes have changed");
            assertHas(log, "cache k: saved, .*");
            assertHas(
                    admin.run("submit web follow=true", source("cat deps/a").tar())
                            .text(),
                    "made");
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
