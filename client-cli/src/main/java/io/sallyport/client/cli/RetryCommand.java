package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Answer;
import io.sallyport.client.LogRequest;
import io.sallyport.client.Request;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sally retry}: builds the same source once more. */
@Command(
        name = "retry",
        abbreviateSynopsis = true,
        description = "Builds the same source again, all of it or some jobs; what need not run again is taken over.")
final class RetryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", converter = BuildId.class, description = "The build.")
    private long id;

    @Option(
            names = {"--jobs"},
            paramLabel = "JOBS",
            description = "failed, all (the default), or names with commas between.")
    private @Nullable String jobs;

    @Option(
            names = {"-f", "--follow"},
            description = "Follows the log of the new build to its end.")
    private boolean follow;

    private final Session session;

    RetryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Request request = Request.of("POST", "/builds/" + id + "/retry");
        Answer answer = session.once(jobs == null ? request : request.with("jobs", jobs));
        JsonNode build = answer.document();
        String fresh = build.path("id").asText();
        if (session.json()) {
            session.console().print(answer.text());
        } else if (!follow) {
            session.console().print(fresh + "\n");
            BuildSentence.of(build)
                    .ifPresent(words -> session.console().say(words + "; follow it with 'sally log " + fresh + " -f'"));
        }
        return follow
                ? new ReadableLog(session)
                        .show(build, LogRequest.followed(build.path("id").asLong()))
                : answer.status();
    }
}
