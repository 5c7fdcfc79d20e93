package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading of logs and waiting, through lost connections. */
class LogAndWaitTest extends OverSsh {
    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "3", "4", "5"})
    void followedLogEndsAsTheBuild(String result) throws IOException {
        serve("result", result);
        serve("log", "one\ntwo\n");

        SallyRun run = sally("log", "-f", "7");

        assertEquals("one\ntwo\n", run.text());
        assertEquals(Integer.parseInt(result), run.status());
    }

    @Test
    void followedLogSurvivesFiveLostConnections() throws IOException {
        byte[] log = bytes(2, BIG);
        Files.write(sshd.state().resolve("log"), log);
        serve("result", "1");
        Cuts cuts = new Cuts(5, "log");

        SallyRun run = sally(cuts, "log", "-f", "7");

        assertArrayEquals(log, run.out());
        assertEquals(1, run.status());
        assertEquals(0, cuts.left);
        assertEquals(6, sshd.requests().size());
        assertTrue(run.err().contains("connection lost at byte "), run.err());
    }

    @Test
    void logGoesOnAtAnOffset() throws IOException {
        serve("log", "0123456789");

        assertEquals("789", sally("log", "7", "--offset", "7").text());
    }

    @Test
    void retryThatIsFollowedTellsItsBeginningAndItsEnd() throws IOException {
        serve("log", "one\ntwo\n");
        serve("result", "1");

        SallyRun run = sally("retry", "5", "-f");

        assertEquals("one\ntwo\n", run.text());
        assertEquals("sally: build 7 (web) queued\nsally: build 7 (web) ended\n", run.err());
        assertEquals(1, run.status());
        assertEquals("POST /builds/5/retry", sshd.requests().getFirst());
    }

    @Test
    void waitSurvivesALostConnection() throws IOException {
        serve("result", "4");
        serve("drop.wait", "");

        SallyRun run = sally("wait", "7");

        assertEquals("build 7 (web) ended\n", run.text());
        assertEquals(4, run.status());
        assertEquals(List.of("wait 7", "wait 7"), sshd.requests());
    }
}
