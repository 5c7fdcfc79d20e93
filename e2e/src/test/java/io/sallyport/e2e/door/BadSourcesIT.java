package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that cannot be built: a clear problem, and nothing of them is left. */
class BadSourcesIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess(
            "limits.sourceBytes: 1MiB", "limits.sourceEntries: 1000", "limits.sourceUnpackedBytes: 2MiB");

    private List<String> before;

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @BeforeEach
    void look() throws Exception {
        before = StateFiles.of(gateway.home());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        Await.until("nothing to be left", () -> before.equals(StateFiles.of(gateway.home())));
        assertEquals(0, gateway.admin().run("ls").ok().items().size());
    }

    @Test
    void anEmptyBody() throws Exception {
        assertTrue(refused(new byte[0], 422).contains("empty"));
    }

    @Test
    void whatIsNoArchive() throws Exception {
        String detail = refused("hello world\n".getBytes(StandardCharsets.UTF_8), 422);

        assertTrue(detail.contains("tar.zst") && detail.contains("zip"), detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar -c .", "tar -cz .", "tar -c . | zstd -q", "tar -c . | xz", "zip -0 -qr - ."})
    void aTruncatedArchive(String packing) throws Exception {
        byte[] whole = Source.script("true").file("data", noise(50_000)).packed(packing);

        for (int length : List.of(whole.length - 30_000, whole.length / 2, 600)) {
            String detail = refused(Arrays.copyOf(whole, length), 422);
            assertTrue(detail.contains("damaged"), detail);
        }
    }

    @Test
    void noSpec() throws Exception {
        byte[] archive = new Source(java.util.Map.of())
                .file("sub/.sallyport.yml", "script: true\n")
                .tar();

        String detail = refused(archive, 422);

        assertTrue(detail.contains(".sallyport.yml") && detail.contains(".sallyport.yaml"), detail);
        assertTrue(detail.endsWith("there is one in sub/: use tar -C sub -c ."), detail);
    }

    @Test
    void noSuchSpec() throws Exception {
        JsonNode problem = gateway.admin()
                .run("submit web spec=other.yml", Source.script("true").tar())
                .problem(422);

        assertEquals("the source has no other.yml", problem.path("detail").asText());
    }

    @Test
    void aSpecWithErrorsTellsAllOfThemWithTheirPlaces() throws Exception {
        Source source = Source.spec("""
                iamge: busybox
                script:
                  - echo: colon
                variables: [a]
                timeout: soon
                """);

        JsonNode problem = gateway.admin().run("submit web", source.tar()).problem(422);

        assertEquals(".sallyport.yml", problem.path("file").asText());
        List<String> places = Json.each(
                problem.path("errors"),
                error -> error.path("line").asInt() + ":" + error.path("column").asInt());
        assertEquals(List.of("1:1", "3:5", "4:12", "5:10"), places);
        assertTrue(problem.path("errors").path(0).path("message").asText().contains("'image'"), problem::toString);
        assertTrue(problem.path("detail").asText().startsWith(".sallyport.yml:1:1: "), problem::toString);
    }

    @Test
    void aSpecWithoutAJobForThisBuildTellsWhyEachIsOut() throws Exception {
        Source source = Source.spec("""
                a: {script: make, only: [tags]}
                b: {script: make, rules: [{if: $CI_COMMIT_BRANCH, when: never}]}
                """);

        JsonNode problem =
                gateway.admin().run("submit web ref=main", source.tar()).problem(422);

        assertEquals("no-jobs", problem.path("type").asText());
        assertEquals(
                "no job of .sallyport.yml is part of this build: a (only: tags); b (rule 1: if $CI_COMMIT_BRANCH → never)",
                problem.path("detail").asText());
        assertEquals("b", problem.path("leftOut").get(1).path("job").asText());
    }

    @Test
    void aSpecThatIsNotYaml() throws Exception {
        assertTrue(refused(Source.spec("script: [true\n").tar(), 422).contains(".sallyport.yml:"));
    }

    @Test
    void aProjectThatIsNotThere() throws Exception {
        JsonNode problem =
                gateway.admin().run("submit nope", Source.script("true").tar()).problem(404);

        assertTrue(problem.path("detail").asText().contains("'nope'"), problem::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkdir -p in; cd in; touch ../out; tar -cP ../out",
                "tar -cP /etc/hostname",
                "ln -s /etc/passwd link; tar -c .",
                "ln -s ../../up link; tar -c .",
                "ln -s .. up; mkdir sub; touch sub/x; tar -c up; ",
                "mkfifo pipe; tar -c .",
                "touch a; ln a b; tar -cP --transform='flags=h;s,^a$,/etc/passwd,;s,^./a$,/etc/passwd,' a b",
                "touch 'back\\slash'; tar -c .",
                "touch twice; tar -c twice twice",
            })
    void aHostileEntry(String packing) throws Exception {
        byte[] archive = Source.script("true").packed(packing);

        refused(archive, 422);
    }

    @Test
    void aDevice() throws Exception {
        Program.need(System.getProperty("user.name").equals("root"), "devices are made by root only");

        assertTrue(refused(Source.script("true").packed("mknod null c 1 3; tar -c ."), 422)
                .contains("null"));
    }

    @Test
    void tooManyBytesAsSent() throws Exception {
        assertTrue(refused(Source.script("true").file("big", noise(1_100_000)).tar(), 413)
                .contains("1048576"));
    }

    @Test
    void tooManyBytesUnpacked() throws Exception {
        assertTrue(
                refused(Source.script("true").file("big", new byte[3_000_000]).packed("tar -cz ."), 413)
                        .contains("2097152"));
    }

    @Test
    void tooMuchMemoryToUnpackIt() throws Exception {
        Program.need("zstd");

        String detail = refused(Source.script("true").packed("tar -c . | zstd -q --long=27"), 413);

        assertTrue(detail.contains("window"), detail);
    }

    @Test
    void tooManyEntries() throws Exception {
        String detail = refused(Source.script("true").packed("seq 1 1100 | xargs touch; tar -cz ."), 413);

        assertTrue(detail.contains("1000"), detail);
    }

    @Test
    void aPeerThatDiesInTheMiddle() throws Exception {
        byte[] archive = Source.script("true").file("data", noise(500_000)).tar();
        try (Running upload = gateway.admin().start("submit web")) {
            upload.in().write(archive, 0, archive.length / 2);
            upload.in().flush();
            Await.until("a temporary file", () -> !before.equals(StateFiles.of(gateway.home())));
            upload.kill().end();
        }
    }

    private static String refused(byte[] body, int status) throws Exception {
        return gateway.admin()
                .run("submit web", body)
                .problem(status)
                .path("detail")
                .asText();
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(7).nextBytes(bytes);
        return bytes;
    }
}
