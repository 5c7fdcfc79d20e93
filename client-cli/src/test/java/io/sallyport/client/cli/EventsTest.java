package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Events as lines, and a reader of them that goes away. */
class EventsTest extends OverSsh {
    private static final String TWO =
            "{\"cursor\":\"1\",\"type\":\"build.queued\",\"build\":7}\n{\"cursor\":\"2\",\"type\":\"build.ended\",\"build\":7}\n";

    @Test
    void eachIsALine() throws IOException {
        serve("events", TWO);

        SallyRun run = sally("events");

        assertEquals(2, run.text().lines().count(), run.text());
        assertEquals(0, run.status(), run.err());
    }

    @Test
    void whatIsKnownToNobodyYetIsPassedOver() throws IOException {
        serve("events", "{\"heartbeat\":\"now\"}\n\n" + TWO);

        SallyRun run = sally("events");

        assertEquals(2, run.text().lines().count(), run.text());
        assertEquals(0, run.status(), run.err());
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void garbageIsSaid(String answer, String what) throws IOException {
        serve("events", TWO + answer);

        SallyRun run = sally("events");

        assertEquals(
                "error: the gateway's answer is not understood (" + what + "): is it a Sallyport of this version?\n",
                run.err());
        assertEquals(76, run.status());
        assertEquals(2, run.text().lines().count(), run.text());
    }

    static Stream<Arguments> garbage() {
        return Stream.of(
                arguments("Welcome to this machine\n", "a line that is not a JSON object"),
                arguments("{\"cursor\":\"3\",\"type\":\n", "a line that is not a JSON object"),
                arguments("{\"cursor\":\"3\",\"type\":", "it ends inside a line"),
                arguments("x".repeat(3 << 20), "a line of more than 1048576 bytes"));
    }

    @Test
    void endWithoutAWordIsSaid() throws IOException {
        serve("events", "");
        serve("refused", "");

        SallyRun run = sally("events");

        assertEquals("error: the gateway answered with exit status 77\n", run.err());
        assertEquals(77, run.status());
    }

    @ParameterizedTest
    @CsvSource({
        "Broken pipe, 141, ''",
        "No space left on device, 74, 'error: cannot write the output: No space left on device'"
    })
    void outputThatTakesNoMoreIsNoFaultOfSallys(String why, int status, String complaint) throws IOException {
        serve("events", TWO);
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };

        SallyRun run = SallyRun.of(
                folder,
                environment(),
                new byte[0],
                closed,
                new ByteArrayOutputStream(),
                args(sshd.userKey(), "events"));

        assertEquals(complaint, run.err().strip());
        assertEquals(status, run.status());
    }
}
