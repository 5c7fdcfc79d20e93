package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of a manifest that deploy keys submit: of which builds they may be, and what they count. */
class ChangesIT {
    private static final String SPEC = "script: [\"true\"]\n";
    private static final int FOLDERS = 2000;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static Ssh maintainer;
    private static int made;

    private String manifest;
    private String changes;

    @BeforeAll
    static void aProjectThatHasTheFile() throws Exception {
        gateway.projects("web");
        maintainer = gateway.user("mia", "maintainer:web");
    }

    @BeforeEach
    void aManifestOfTheTestsOwn() throws Exception {
        made++;
        StringBuilder lines = new StringBuilder("sallyport-manifest 1\n100644\t0\t")
                .append(SPEC.length() + "\t" + hex(SPEC) + "\t" + Source.SPEC + "\n");
        for (int i = 0; i < FOLDERS; i++) {
            lines.append("040000\t0\tfolder-" + made + "-" + i + "\n");
        }
        manifest = lines.append('\n').toString();
        changes = "sallyport-changes 1\nsha256:" + hex(manifest) + "\t" + (FOLDERS + 1) + "\n\n";
        byte[] tar = new Source(Map.of()).file(hex(SPEC), SPEC).packed("tar -c *");
        maintainer
                .run("POST /projects/web/manifests", manifest + new String(tar, StandardCharsets.US_ASCII))
                .ok();
    }

    @Test
    void aDeployKeySendsChangesOnlyOfWhatItHasSubmitted() throws Exception {
        Ssh key = key("own", "verbs=submit,read-own");
        maintainer.run("submit web", manifest).ok();

        JsonNode foreign = key.run("submit web", changes).problem(422);
        assertEquals("no-base", foreign.path("type").asText());
        String none = "0".repeat(64);
        assertEquals(
                foreign.path("detail").asText().replace(hex(manifest), none),
                key.run("submit web", changes.replace(hex(manifest), none))
                        .problem(422)
                        .path("detail")
                        .asText());
        maintainer.run("submit web", changes).ok();

        key.run("submit web", manifest).ok();
        JsonNode own = key.run("submit web", changes).ok().json();
        assertEquals(
                "sha256:" + hex(manifest), own.path("source").path("digest").asText());
    }

    @Test
    void whatIsMadeOfChangesCountsForTheDay() throws Exception {
        long day = 2L * manifest.length() + changes.length();
        Ssh key = key("day", "verbs=submit bytes-per-day=" + (day + changes.length()));
        key.run("submit web", manifest).ok();
        key.run("submit web", changes).ok();
        assertEquals(day, bytes("day"));

        JsonNode problem = key.run("submit web", changes).problem(429);

        assertTrue(problem.path("detail").asText().contains("bytes-per-day"), problem::toString);
        assertEquals(day + changes.length() + manifest.length(), bytes("day"));
    }

    private static Ssh key(String name, String parameters) throws Exception {
        Path key = gateway.key("deploy-" + name);
        maintainer
                .run(
                        "POST /projects/web/deploy-keys name=" + name + " " + parameters,
                        Files.readString(Path.of(key + ".pub")))
                .ok();
        return gateway.client(key);
    }

    private static long bytes(String name) throws Exception {
        for (JsonNode key : maintainer.run("GET /projects/web/deploy-keys").ok().items()) {
            if (key.path("name").asText().equals(name)) {
                return key.path("use").path("bytes").asLong();
            }
        }
        throw new AssertionError("no deploy key " + name);
    }

    private static String hex(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
