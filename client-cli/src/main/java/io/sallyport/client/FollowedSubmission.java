package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** A submission whose log is read to the build's end; after a lost connection it goes on as the reading of a log. */
final class FollowedSubmission implements Reconnection.Attempt {
    private final Exchange exchange;
    private final Submission submission;
    private final Submitter submitter;
    private final CountingOutput log;

    FollowedSubmission(Exchange exchange, Submission submission, OutputStream out, Consumer<String> accepted) {
        this.exchange = exchange;
        this.submission = submission;
        this.submitter = new Submitter(exchange, submission, accepted);
        this.log = new CountingOutput(out);
    }

    @Override
    public Ending run() throws IOException, InterruptedException {
        if (submitter.build().isEmpty()) {
            return submitter.follow(submission.request().with("follow", "true"), log);
        }
        return exchange.run(rest().from(position()), Body.none(), log);
    }

    @Override
    public long position() {
        return log.count();
    }

    @Override
    public String resumeHint() {
        if (submitter.build().isEmpty()) {
            return submitter.resumeHint();
        }
        return "the build goes on, follow it with 'sally log " + rest().build() + " -f --offset " + position() + "'";
    }

    private LogRequest rest() {
        return new LogRequest(submitter.build().orElseThrow(), position(), true);
    }
}
