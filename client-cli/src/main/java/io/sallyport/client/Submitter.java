package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The attempts at one submission until the gateway has taken the build. There is one attempt alone, since a second would
 * ask for a second build, unless the submission is such that it may be repeated.
 */
final class Submitter {
    private final Exchange exchange;
    private final Submission submission;
    private final Runnable accepted;
    private final Acceptance acceptance;
    private final AtomicBoolean sent = new AtomicBoolean();

    /** Used for one submission; {@code accepted} is called once, when the gateway has taken it. */
    Submitter(Exchange exchange, Submission submission, Runnable accepted) {
        this.exchange = exchange;
        this.submission = submission;
        this.accepted = accepted;
        this.acceptance = new Acceptance(exchange.errors(), accepted);
    }

    /** The build, once the gateway has said that it took it. */
    OptionalLong build() {
        return acceptance.build();
    }

    /** The same as {@link #run} for an answer that is the build's log: it begins after the build is accepted. */
    Ending follow(Request request, OutputStream log) throws IOException, InterruptedException {
        return run(request, acceptance.before(log));
    }

    /**
     * Sends the request.
     *
     * @return lost also before the gateway took the build, if it may be asked again
     * @throws ClientException when the connection was lost before the gateway took the build, and it may not
     */
    Ending run(Request request, OutputStream out) throws IOException, InterruptedException {
        Ending ending = exchange.saying(acceptance).run(request, sending(), out);
        acceptance.close();
        if (acceptance.filesMissing()) {
            throw new ClientException.FilesMissing();
        }
        if (ending instanceof Ending.Lost(String said) && acceptance.build().isEmpty() && !submission.repeatable()) {
            Loss loss = Loss.of(said);
            throw loss == Loss.CUT
                    ? new ClientException.SubmissionLost(sent.get())
                    : new ClientException.Unreachable(loss);
        }
        return ending;
    }

    /** Submits and returns the accepted build at once. */
    Answer detached(Reconnection reconnection) throws IOException, InterruptedException {
        Detached attempt = new Detached();
        Ending.Answered answered = reconnection.run(attempt);
        if (answered.status() != 0) {
            throw new ClientException.Refused(answered.status(), answered.said());
        }
        accepted.run();
        return new Answer(answered.status(), attempt.document.text());
    }

    /** What to say when it is given up before the gateway took the build. */
    String resumeHint() {
        return "look with 'sally ls' whether the gateway took the build, else submit again";
    }

    private Body sending() {
        return out -> {
            submission.source().writeTo(out);
            sent.set(true);
        };
    }

    private final class Detached implements Reconnection.Attempt {
        private BoundedBuffer document = new BoundedBuffer();

        @Override
        public Ending run() throws IOException, InterruptedException {
            document = new BoundedBuffer();
            return Submitter.this.run(submission.request(), document);
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public String resumeHint() {
            return Submitter.this.resumeHint();
        }
    }
}
