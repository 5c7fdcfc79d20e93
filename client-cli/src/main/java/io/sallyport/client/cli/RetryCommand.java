package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Answer;
import io.sallyport.client.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code sally retry}: builds the same source once more. */
final class RetryCommand implements Command {
    private final Syntax syntax = new Syntax(
            "retry",
            this,
            "Builds the same source again, all of it or some jobs; what need not run again is taken over.");
    private final Supplier<Long> id = syntax.build();
    private final Supplier<Optional<String>> jobs =
            syntax.text("--jobs", "JOBS", "failed, all (the default), or names with commas between.");
    private final Supplier<Boolean> follow = syntax.flag("-f,--follow", "Follows the log of the new build to its end.");

    private final Session session;

    RetryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Request request = Request.of("POST", "/builds/" + id.get() + "/retry");
        Answer answer = session.once(request.with("jobs", jobs.get()));
        JsonNode build = answer.document();
        String fresh = build.path("id").asText();
        if (session.json()) {
            session.console().print(answer.text());
        } else if (!follow.get()) {
            session.console().print(fresh + "\n");
            BuildSentence.of(build)
                    .ifPresent(words -> session.console().say(words + "; follow it with 'sally log " + fresh + " -f'"));
        }
        return follow.get() ? new ReadableLog(session).followed(answer, !session.json()) : answer.status();
    }
}
