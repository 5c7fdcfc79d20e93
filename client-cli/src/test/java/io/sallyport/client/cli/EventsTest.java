package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
