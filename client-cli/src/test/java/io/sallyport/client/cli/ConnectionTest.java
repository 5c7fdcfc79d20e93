package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Requests as they are, and connections that are not to be had. */
class ConnectionTest extends OverSsh {
    @Test
    void apiStreamsBodyAndAnswer() {
        byte[] body = bytes(1, BIG);

        SallyRun run = sally(body, "api", "PUT", "/echo");

        assertEquals(0, run.status(), run.err());
        assertArrayEquals(body, run.out());
    }

    @Test
    void wordsArriveAsTheyWereGiven() {
        SallyRun run = sally("api", "GET", "/words", "a=it's $HOME; \"x\" *", "b=\nä€");

        assertEquals("<GET></words><a=it's $HOME; \"x\" *><b=\nä€>", run.text());
    }

    @Test
    void problemIsToldOnceAndDecidesTheStatus() {
        SallyRun told = sally("get", "8");
        assertEquals("error: there is nothing at /builds/8/artifacts\n", told.err());
        assertEquals(66, told.status());

        SallyRun raw = sally("get", "8", "--json");
        assertTrue(raw.err().startsWith("{\"type\":\"not-found\""), raw.err());
        assertEquals(66, raw.status());
    }

    @Test
    void refusedKeyIsSaid() throws IOException, InterruptedException {
        Path other = root.resolve("other");
        assertEquals(
                0,
                new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other.toString())
                        .start()
                        .waitFor());

        SallyRun run = SallyRun.of(folder, environment(), args(other, "wait", "7"));

        assertTrue(run.err().contains("error: the gateway accepted none of your keys"), run.err());
        assertEquals(69, run.status());
        assertFalse(run.err().contains("\tat "));
    }

    @Test
    void gatewayThatIsNotThereIsSaid() throws IOException {
        sshd.close();

        SallyRun run = sally("log", "-f", "7");

        assertTrue(run.err().contains("error: nothing answers there"), run.err());
        assertEquals(69, run.status());
    }

    @Test
    void whatIsNoSshServerIsSaidAtOnce() throws IOException {
        try (WebServer other = WebServer.start()) {
            SallyRun run = sally("-p", Integer.toString(other.port()), "ls");

            assertTrue(
                    run.err().endsWith("error: no ssh server answers there: check the host and the port (-H, -p)\n"),
                    run.err());
            assertFalse(run.err().contains("trying again"), run.err());
            assertEquals(69, run.status());
        }
    }

    @Test
    void aChangedHostKeyIsNoUnknownOne() throws IOException {
        Path known = sshd.hostKey().resolveSibling("known_hosts");
        Files.writeString(
                known,
                Files.readString(known)
                        .replaceFirst(
                                " ssh-ed25519 \\S+",
                                " " + Files.readString(sshd.authority()).strip()));

        SallyRun run = sally("wait", "7");

        assertTrue(run.err().contains(changedKey()), run.err());
        assertFalse(run.err().contains("not known here:"), run.err());
        assertEquals(69, run.status());
    }

    /** What is said of one. */
    String changedKey() {
        return "only then forget the old one with 'ssh-keygen -R HOST'";
    }

    @Test
    void lostConnectionIsNotTriedForEver() throws IOException {
        serve("drop.wait", "");

        SallyRun run = sally("--retry-for", "0", "wait", "7");

        assertTrue(
                run.err().endsWith("error: the connection was lost: try again; the same command can be given again\n"),
                run.err());
        assertEquals(69, run.status());
    }
}
