package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.sallyport.client.ClientException;
import io.sallyport.client.LogRequest;
import io.sallyport.client.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code sally log}: what a build has printed, and prints. */
final class LogCommand implements Command {
    private final Syntax syntax = new Syntax(
            "log",
            this,
            "Shows the log of a build.",
            "With -f the exit status is the build's: 0 succeeded, 1 failed, 3 canceled, 4 timed out, 5 errored.");
    private final Supplier<Long> id = syntax.build();
    private final Supplier<Boolean> follow =
            syntax.flag("-f,--follow", "Goes on until the build has ended, also after a lost connection.");
    private final Supplier<Optional<Long>> offset =
            syntax.option(Long.class, "--offset", "BYTE", "Starts at this byte of the log.");

    private final Session session;

    LogCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (offset.get().orElse(0L) < 0) {
            throw new ClientException.BadSetting("--offset", "a byte of a log is a number from 0");
        }
        ReadableLog shown = new ReadableLog(session);
        LogRequest log = new LogRequest(id.get(), offset.get().orElse(0L), follow.get());
        return shown.show(
                shown.wanted()
                        ? session.client()
                                .get(Request.of("GET", "/builds/" + id.get()))
                                .document()
                        : MissingNode.getInstance(),
                log);
    }
}
