package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder that was submitted before, to gateways that know it and to others. */
class SubmitAgainTest extends OverSsh {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @BeforeEach
    void submittedOnce() throws IOException {
        Files.writeString(folder.resolve("changing"), "first");
        Files.writeString(folder.resolve("staying"), "always");
        serve("manifests", "");
        serve("source", ",\"source\":{\"kind\":\"manifest\",\"digest\":\"sha256:" + DIGEST + "\"}");
        assertEquals("7\n", sally("submit", "-P", "web", "-d").text());
        assertEquals(2, sshd.requests().size());
        Files.writeString(folder.resolve("changing"), "second");
    }

    @Test
    void onlyItsChangesAreSentInOneRequest() throws IOException {
        SallyRun run = sally("submit", "-P", "web", "-d");

        assertEquals("7\n", run.text());
        assertEquals(3, sshd.requests().size());
        String body = body(2);
        assertTrue(body.startsWith("sallyport-changes 1\nsha256:" + DIGEST + "\t2\n100644\t"), body);
        assertTrue(body.contains("\tchanging\n\n"), body);
        assertTrue(body.contains("second"), body);
        assertFalse(body.contains("staying") || body.contains("always"), body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-base", "unknown-format"})
    void aGatewayThatCannotUseThemIsSentAll(String problem) throws IOException {
        serve(
                "refuse",
                "{\"type\":\"" + problem
                        + "\",\"title\":\"No\",\"status\":422,\"detail\":\"no\",\"instance\":\"/\"}\n");

        SallyRun run = sally("submit", "-P", "web", "-d");

        assertEquals("7\n", run.text());
        assertEquals(0, run.status(), run.err());
        assertFalse(run.err().contains("no\n"), run.err());
        assertEquals(4, sshd.requests().size());
        assertEquals(sshd.requests().get(2), sshd.requests().get(3), "the same submission, by its key");
        assertTrue(body(2).startsWith("sallyport-changes 1\n"), body(2));
        assertTrue(body(3).startsWith("sallyport-manifest 1\n"), body(3));
        assertTrue(body(3).contains("\tstaying\n"), body(3));
    }

    @Test
    void oneThatHasForgottenFilesIsAskedWhich() throws IOException {
        serve(
                "refuse",
                "{\"type\":\"missing-files\",\"title\":\"No\",\"status\":409,\"detail\":\"no\",\"instance\":\"/\"}\n");

        assertEquals("7\n", sally("submit", "-P", "web", "-d").text());

        assertEquals("POST /projects/web/manifests", sshd.requests().get(3));
        assertTrue(body(3).startsWith("{\"manifest\":\"sha256:"), body(3));
    }

    @Test
    void otherRefusalsAreTold() throws IOException {
        serve(
                "refuse",
                "{\"type\":\"too-large\",\"title\":\"No\",\"status\":413,\"detail\":\"it is too large\",\"instance\":\"/\"}\n");

        SallyRun run = sally("submit", "-P", "web", "-d");

        assertEquals("error: it is too large\n", run.err());
        assertEquals(65, run.status());
        assertEquals(3, sshd.requests().size());
    }

    private String body(int number) throws IOException {
        return Files.readString(sshd.state().resolve("body." + number), StandardCharsets.ISO_8859_1);
    }
}
