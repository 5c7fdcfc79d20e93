package io.sallyport.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown of builds, and a place that takes none of it. */
class OutputTest extends OverSsh {
    private static final String RUNNING = "{\"id\":7,\"project\":\"web\",\"state\":\"running\"}\n";

    @ParameterizedTest
    @ValueSource(strings = {"ls", "show 7", "log 7", "get 7", "wait 7", "version"})
    void aFullDiskIsSaidTheSameWayByAll(String command) throws IOException {
        artifacts();
        serve("log", "the log\n");
        serve("builds", "{\"items\":[" + RUNNING.strip() + "]}\n");
        serve("build", RUNNING);

        try (OutputStream full = new FileOutputStream("/dev/full")) {
            SallyRun run = SallyRun.of(
                    folder,
                    environment(),
                    new byte[0],
                    full,
                    new ByteArrayOutputStream(),
                    args(sshd.userKey(), command.split(" ")));

            assertEquals("error: cannot write the output: No space left on device\n", run.err());
            assertEquals(74, run.status());
        }
    }

    @Test
    void aFailedJobThatIsKeptIsShownWithTheWayIn() throws IOException {
        serve(
                "build",
                "{\"id\":7,\"project\":\"web\",\"state\":\"failed\",\"finished\":\"2026-11-20T10:00:03.140Z\",\"jobs\":[{\"name\":\"unit"
                        + " test\",\"state\":\"failed\",\"keptUntil\":\"2026-11-20T10:10:03.140Z\"},{\"name\":\"b\",\"state\":\"failed\"}]}\n");

        String shown = sally("show", "7").text();

        assertTrue(
                shown.contains("\nkept: job unit test until 2026-11-20T10:10:03.140Z; go in: ssh -t -p " + sshd.port()
                        + " 127.0.0.1 builds/7/unit%20test/shell\n"),
                shown);
        assertEquals(1, shown.split("kept:", -1).length - 1);
    }

    @Test
    void aBuildThatIsBeingCanceledIsNotSaidToRun() throws IOException {
        serve("build", RUNNING);

        assertEquals(
                "sally: build 7 (web) is being canceled: sally wait 7\n",
                sally("cancel", "7").err());

        serve(
                "build",
                "{\"id\":7,\"project\":\"web\",\"state\":\"canceled\",\"finished\":\"2026-11-20T10:00:03.140Z\"}\n");
        assertEquals("sally: build 7 (web) canceled\n", sally("cancel", "7").err());
    }
}
