package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.client.ClientException;
import io.sallyport.client.Patience;
import io.sallyport.client.SallyClient;
import io.sallyport.client.SshProgram;
import io.sallyport.client.SshTarget;
import io.sallyport.client.Submission;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Submissions, through lost connections. */
class SubmitTest extends OverSsh {
    @Test
    void detachedSubmissionGivesTheId() throws Exception {
        Files.writeString(folder.resolve("hello.txt"), "hello");

        SallyRun run =
                sally("submit", "-P", "web", "--detach", "--var", "A=1 2", "--label", "why=test", "--ref", "main");

        assertEquals("7\n", run.text());
        assertEquals(0, run.status(), run.err());
        assertEquals("POST /projects/web/manifests ref=main", sshd.requests().getFirst());
        assertEquals("submit web KEY labels.why=test ref=main 'variables.A=1 2'", submitted());
        assertEquals(List.of("hello.txt"), listed(sshd.state().resolve("source.tar")));
    }

    @Test
    void failedJobsAreKeptForAsLongAsIsAsked() throws Exception {
        Files.writeString(folder.resolve("hello.txt"), "hello");

        SallyRun run = sally("submit", "-P", "web", "-d", "--ref", "main", "--keep-failed", "2m");

        assertEquals(0, run.status(), run.err());
        assertEquals("submit web KEY keep-failed=2m ref=main", submitted());
    }

    @Test
    void withoutAHomeNothingIsRememberedAnywhere() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "hello");
        serve("manifests", "");
        Map<String, String> environment = new HashMap<>(environment());
        environment.remove("HOME");

        SallyRun run = SallyRun.of(folder, environment, args(sshd.userKey(), "submit", "-P", "web", "-d"));

        assertEquals(0, run.status(), run.err());
        assertFalse(Files.exists(Path.of("/nonexistent")));
    }

    /** The submission, to a gateway that knows no manifests. */
    private String submitted() throws IOException {
        return sshd.requests().get(1).replaceFirst("idempotency-key=sally-[0-9a-f-]{36}", "KEY");
    }

    @Test
    void archiveOnStandardInputIsSentAsItIs() throws IOException {
        byte[] archive = bytes(3, BIG);

        SallyRun run = sally(archive, "submit", "-P", "web", "--json", "-");

        assertEquals("{\"id\":7,\"project\":\"web\",\"state\":\"queued\"}\n", run.text());
        assertArrayEquals(archive, Files.readAllBytes(sshd.state().resolve("source.tar")));
    }

    @Test
    void aRepositoryIsNamedAndNotSent() throws IOException {
        sally("submit", "-P", "web", "-d", "https://git.example/team/web.git#feature/x");
        assertEquals(
                "{\"git\":{\"url\":\"https://git.example/team/web.git\",\"ref\":\"feature/x\"}}\n",
                Files.readString(sshd.state().resolve("source.tar")));
        assertEquals(1, sshd.requests().size());

        sally("submit", "-P", "web", "-d", "https://git.example/team/web.git");
        assertEquals(
                "{\"git\":{\"url\":\"https://git.example/team/web.git\"}}\n",
                Files.readString(sshd.state().resolve("source.tar")));
    }

    @Test
    void followedSubmissionGoesOnAfterALostConnection() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "hello");
        byte[] log = bytes(4, BIG);
        Files.write(sshd.state().resolve("log"), log);
        serve("result", "1");

        SallyRun run = sally(new Cuts(1, "log"), "submit", "-P", "web", "-f");

        assertArrayEquals(log, run.out());
        assertEquals(1, run.status());
        assertTrue(run.err().startsWith("sally: build 7 (web) queued\n"), run.err());
        assertEquals("submit web KEY follow=true", submitted());
        assertTrue(
                sshd.requests().get(2).startsWith("GET /builds/7/log format=raw offset="),
                sshd.requests().get(2));
    }

    @Test
    void submissionForAnArtifactGivesItAfterALostConnectionToo() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "hello");
        byte[] big = artifacts();

        SallyRun run = sally(new Cuts(1, "big"), "submit", "-P", "web", "--artifact", "big");

        assertArrayEquals(big, run.out());
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("the log\n"), run.err());
    }

    @Test
    void submissionThatWasNotAnsweredIsNotRepeated() throws IOException {
        Files.writeString(folder.resolve("hello.txt"), "hello");
        serve("drop.submit", "");

        SallyRun run = sally("submit", "-P", "web", "--detach");

        assertEquals(69, run.status());
        assertTrue(run.err().contains("error: the connection was lost "), run.err());
        assertEquals(2, sshd.requests().size());
    }

    @Test
    void refusalInTheMiddleOfTheUploadIsToldAsItIs() {
        SallyRun run = sally(bytes(6, BIG), "submit", "-P", "nope", "-");

        assertEquals("error: there is nothing at nope\n", run.err());
        assertEquals(66, run.status());
    }

    @Test
    void sourceThatCannotBeReadToItsEndIsCutOff() {
        SshTarget target = new SshTarget(
                List.of("ssh"),
                "127.0.0.1",
                OptionalInt.of(sshd.port()),
                List.of(sshd.userKey().toString()),
                sshd.sshOptions());
        Submission broken = new Submission(
                "web",
                Map.of(),
                out -> {
                    out.write(bytes(7, BIG));
                    throw new ClientException.BadSource("gone");
                },
                Optional.empty());

        try (SallyClient client = new SallyClient(
                new SshProgram(target), Patience.usual(), OutputStream.nullOutputStream(), interruption -> {})) {
            assertThrows(ClientException.BadSource.class, () -> client.submit(broken));
        }
    }
}
