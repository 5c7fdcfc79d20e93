package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a build leaves. */
class ArtifactsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.artifactBytes: 1MiB");

    private static final byte[] BYTES = noise();

    private static long build;

    @BeforeAll
    static void oneBuild() throws Exception {
        gateway.projects("web");
        Source source = Source.spec("""
                        script:
                          - mkdir -p 'dist/déep er'
                          - cp bytes 'dist/déep er/app'
                          - chmod +x 'dist/déep er/app'
                          - echo text > dist/readme.txt
                          - echo no > left-out
                          - ln -s /etc/passwd dist/link
                          - touch report-1.xml report-2.xml
                        artifacts:
                          paths: [dist/, report-*.xml]
                        """).file("bytes", BYTES);
        build = gateway.admin().submit("web", source);
        assertEquals("succeeded", gateway.admin().ended(build).path("state").asText());
    }

    @Test
    void areListedWithSizeAndDigest() throws Exception {
        JsonNode items = get("artifacts").items();

        assertEquals(
                List.of("dist/déep er/app", "dist/readme.txt", "report-1.xml", "report-2.xml"),
                Json.each(items, item -> item.path("path").asText()));
        JsonNode app = items.path(0);
        assertEquals(BYTES.length, app.path("size").asInt());
        assertEquals("build", app.path("job").asText());
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES)),
                app.path("sha256").asText());
        JsonNode artifacts = gateway.admin().build(build).path("artifacts");
        assertEquals(4, artifacts.path("count").asInt());
        assertEquals(BYTES.length + 5, artifacts.path("bytes").asInt());
    }

    @Test
    void comeByteByByteFromAnyOffset() throws Exception {
        assertArrayEquals(BYTES, get("artifacts/dist/d%C3%A9ep%20er/app").ok().out());
        for (int offset : List.of(1, BYTES.length / 2, BYTES.length)) {
            assertArrayEquals(
                    Arrays.copyOfRange(BYTES, offset, BYTES.length),
                    get("'artifacts/dist/déep er/app' offset=" + offset).ok().out());
        }
    }

    @Test
    void comeAllInOneTar() throws Exception {
        Path folder = Files.createDirectory(gateway.work().resolve("all"));

        Program.of("tar", "-x").in(folder).run(get("artifacts.tar").ok().out()).ok();

        assertArrayEquals(BYTES, Files.readAllBytes(folder.resolve("dist/déep er/app")));
        assertTrue(Files.isExecutable(folder.resolve("dist/déep er/app")));
        assertTrue(!Files.isExecutable(folder.resolve("dist/readme.txt")));
        assertTrue(Files.exists(folder.resolve("report-2.xml")));
        assertTrue(Files.notExists(folder.resolve("left-out")));
    }

    @Test
    void aLinkIsNotFollowedAndTheLogSaysSo() throws Exception {
        String log = gateway.admin().run("log " + build + " stream=system").ok().text();

        assertTrue(log.contains("dist/link") && log.contains("link"), log);
        get("artifacts/dist/link").problem(404);
    }

    @Test
    void theNearestPathIsNamed() throws Exception {
        String detail =
                get("artifacts/dist/raedme.txt").problem(404).path("detail").asText();

        assertTrue(detail.contains("'dist/raedme.txt'") && detail.contains("'dist/readme.txt'"), detail);
    }

    @Test
    void moreThanAllowedFailsTheBuild() throws Exception {
        Source source = Source.script("head -c 2000000 /dev/zero > big").also("artifacts: {paths: [big]}\n");

        JsonNode ended = gateway.admin().ended(gateway.admin().submit("web", source));

        assertEquals("failed", ended.path("state").asText());
        assertTrue(ended.path("reason").asText().contains("1048576"), ended::toString);
        assertEquals(0, ended.path("artifacts").path("count").asInt());
    }

    @Test
    void aPathThatMatchesNothingIsSaidInTheLog() throws Exception {
        Source source = Source.script("true").also("artifacts: {paths: [dist/nothing]}\n");

        String log =
                gateway.admin().run("submit web follow=true", source.tar()).ok().text();

        assertTrue(log.contains("dist/nothing"), log);
    }

    @Test
    void ofABuildWithoutAnyThereIsAnEmptyList() throws Exception {
        long id = gateway.admin().submit("web", Source.script("true"));
        gateway.admin().ended(id);

        assertEquals(
                0,
                gateway.admin()
                        .run("GET /builds/" + id + "/artifacts")
                        .ok()
                        .items()
                        .size());
        Outcome tar =
                gateway.admin().run("GET /builds/" + id + "/artifacts.tar").ok();
        assertEquals("", Program.of("tar", "-t").run(tar.out()).ok().text());
    }

    private static Outcome get(String rest) throws Exception {
        String path =
                rest.startsWith("'") ? "'/builds/" + build + "/" + rest.substring(1) : "/builds/" + build + "/" + rest;
        return gateway.admin().run("GET " + path);
    }

    private static byte[] noise() {
        byte[] bytes = new byte[200_001];
        new java.util.Random(3).nextBytes(bytes);
        return bytes;
    }
}
