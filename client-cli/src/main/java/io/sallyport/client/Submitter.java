package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The attempts at one submission until the gateway has taken the build. There is one attempt alone, since a second would
 * ask for a second build, unless the submission is such that it may be repeated.
 */
final class Submitter {
    private static final String FILES_MISSING = "missing-files";

    private final Exchange exchange;
    private final Submission submission;
    private final Consumer<String> accepted;
    private final Acceptance acceptance;
    private final AtomicBoolean sent = new AtomicBoolean();

    /** Used for one submission; {@code accepted} is called once, when the gateway has taken it. */
    Submitter(Exchange exchange, Submission submission, Consumer<String> accepted) {
        this.exchange = exchange;
        this.submission = submission;
        this.accepted = accepted;
        this.acceptance = new Acceptance(exchange.errors(), remedied(submission), accepted);
    }

    /** Problems that another body helps against. An older gateway does not know what changes are. */
    private static Set<String> remedied(Submission submission) {
        return submission.source() instanceof Changes
                ? Set.of(FILES_MISSING, "no-base", "unknown-format")
                : Set.of(FILES_MISSING);
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
        if (acceptance.problem().isPresent()) {
            throw acceptance.problem().get().equals(FILES_MISSING)
                    ? new ClientException.FilesMissing()
                    : new ClientException.NoBase();
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
        Answer answer = new Answer(answered.status(), attempt.document.text());
        accepted.accept(Acceptance.source(answer.document()));
        return answer;
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
