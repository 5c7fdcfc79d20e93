package io.sallyport.client.cli;

import io.sallyport.client.Request;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sally cancel}: ends a build. */
@Command(name = "cancel", abbreviateSynopsis = true, description = "Ends a build: all of its processes are gone then.")
final class CancelCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", converter = BuildId.class, description = "The build.")
    private long id;

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "TEXT",
            description = "Why, for those who wonder.")
    private @Nullable String reason;

    private final Session session;

    CancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Request request = Request.of("DELETE", "/builds/" + id);
        return session.tell(reason == null ? request : request.with("reason", reason));
    }
}
