package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources in every packing, as the real programs make them. */
class SourcesIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static final Source SOURCE = Source.script("sh tool.sh; cat 'däta/file with blanks'; sh link")
            .file("tool.sh", "echo from the tool\n")
            .file("däta/file with blanks", "from the data\n");

    private static final String PRINTED = "from the tool\nfrom the data\nfrom the tool\n";

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tar     | tar  | tar -c .",
                "tar.gz  | tar  | tar -cz .",
                "tar.zst | zstd | tar -c . ! zstd -q",
                "tar.xz  | xz   | tar -c . ! xz",
                "zip     | zip  | zip -qry ../packed$$.zip . && cat ../packed$$.zip && rm ../packed$$.zip",
                "tar     | tar  | tar -c --format=pax .",
                "tar     | tar  | tar -c --format=ustar .",
                "tar.gz  | tar  | tar -c . ! gzip -9",
                "tar.zst | zstd | tar -c . ! zstd -q -19",
            })
    void isBuilt(String kind, String program, String packing) throws Exception {
        Program.need(program);
        byte[] archive = SOURCE.packed("ln -s tool.sh link; " + packing.replace('!', '|'));

        JsonNode build = gateway.admin().run("submit web", archive).ok().json();

        assertEquals(kind, build.path("source").path("kind").asText());
        assertEquals(archive.length, build.path("source").path("bytes").asLong());
        long id = build.path("id").asLong();
        assertEquals("succeeded", gateway.admin().ended(id).path("state").asText());
        assertEquals(
                PRINTED, gateway.admin().run("log " + id + " stream=out").ok().text());
    }

    @Test
    void aZipThatWasWrittenAsAStreamIsBuiltToo() throws Exception {
        Program.need("zip");
        byte[] archive = Source.script("sh tool.sh")
                .file("tool.sh", "echo from the tool\n")
                .packed("zip -qr - . | cat");

        String log = gateway.admin().run("submit web follow=true", archive).ok().text();

        assertTrue(log.contains("\nfrom the tool\n"), log);
    }

    @Test
    void theSourceComesBackAsATar() throws Exception {
        Program.need("zip");
        byte[] archive = SOURCE.file("big", new byte[300_000]).packed("chmod +x tool.sh; zip -qry - .");
        long id = gateway.admin()
                .run("submit web", archive)
                .ok()
                .json()
                .path("id")
                .asLong();
        Path folder = Files.createDirectory(gateway.work().resolve("unpacked"));

        byte[] tar =
                gateway.admin().run("GET /builds/" + id + "/source.tar").ok().out();

        Program.of("tar", "-x").in(folder).run(tar).ok();
        assertArrayEquals(new byte[300_000], Files.readAllBytes(folder.resolve("big")));
        assertEquals("from the data\n", Files.readString(folder.resolve("däta/file with blanks")));
        assertTrue(Files.isExecutable(folder.resolve("tool.sh")));
        assertTrue(!Files.isExecutable(folder.resolve("big")));
    }

    @Test
    void executableFilesStayExecutable() throws Exception {
        byte[] archive = Source.script("./tool; test ! -x data")
                .file("tool", "#!/bin/sh\necho ran\n")
                .file("data", "")
                .packed("chmod +x tool; tar -c .");

        String log = gateway.admin().run("submit web follow=true", archive).ok().text();

        assertTrue(log.contains("\nran\n"), log);
    }

    @Test
    void theSpecMayHaveAnotherName() throws Exception {
        Source source = new Source(java.util.Map.of())
                .file(".sallyport.yaml", "script: echo usual\n")
                .file("ci/nightly.yml", "script: echo nightly\n");

        assertTrue(followed(source, "").contains("\nusual\n"));
        assertTrue(followed(source, "spec=ci/nightly.yml").contains("\nnightly\n"));
    }

    @Test
    void tenThousandFilesAreNoTrouble() throws Exception {
        byte[] archive = Source.script("find many -type f | wc -l")
                .packed("mkdir many; cd many; seq 1 10000 | xargs touch; cd ..; tar -c .");

        assertTrue(gateway.admin()
                .run("submit web follow=true", archive)
                .ok()
                .text()
                .contains("\n10000\n"));
    }

    private static String followed(Source source, String parameters) throws Exception {
        return gateway.admin()
                .run("submit web follow=true " + parameters, source.tar())
                .ok()
                .text();
    }
}
