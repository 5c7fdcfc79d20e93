package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.sallyport.client.LogRequest;
import io.sallyport.client.Request;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sally log}: what a build has printed, and prints. */
@Command(
        name = "log",
        abbreviateSynopsis = true,
        description = {
            "Shows the log of a build.",
            "With -f the exit status is the build's: 0 succeeded, 1 failed, 3 canceled, 4 timed out, 5 errored."
        })
final class LogCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", converter = BuildId.class, description = "The build.")
    private long id;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on until the build has ended, also after a lost connection.")
    private boolean follow;

    @Option(
            names = {"--offset"},
            paramLabel = "BYTE",
            description = "Starts at this byte of the log.")
    private long offset;

    private final Session session;

    LogCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReadableLog shown = new ReadableLog(session);
        LogRequest log = new LogRequest(id, Math.max(0, offset), follow);
        return shown.show(
                shown.wanted()
                        ? session.client()
                                .get(Request.of("GET", "/builds/" + id))
                                .document()
                        : MissingNode.getInstance(),
                log);
    }
}
