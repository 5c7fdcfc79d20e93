package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
    void lostConnectionIsNotTriedForEver() throws IOException {
        serve("drop.wait", "");

        SallyRun run = sally("--retry-for", "0", "wait", "7");

        assertTrue(
                run.err().endsWith("error: the connection was lost: try again; the same command can be given again\n"),
                run.err());
        assertEquals(69, run.status());
    }
}
