package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** The first attempt at one submission: it cannot be repeated without asking for a second build. */
final class Submitter {
    private final Exchange exchange;
    private final Submission submission;
    private final Acceptance acceptance;
    private final AtomicBoolean sent = new AtomicBoolean();

    /** Used for one submission. */
    Submitter(Exchange exchange, Submission submission) {
        this.exchange = exchange;
        this.submission = submission;
        this.acceptance = new Acceptance(exchange.errors());
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
     * @throws ClientException when the connection was lost before the gateway took the build
     */
    Ending run(Request request, OutputStream out) throws IOException, InterruptedException {
        Ending ending = exchange.saying(acceptance).run(request, this::sendSource, out);
        acceptance.close();
        if (ending instanceof Ending.Lost(String said) && acceptance.build().isEmpty()) {
            Loss loss = Loss.of(said);
            throw loss == Loss.CUT
                    ? new ClientException.SubmissionLost(sent.get())
                    : new ClientException.Unreachable(loss);
        }
        return ending;
    }

    /** Submits and returns the accepted build at once. */
    Answer detached() throws IOException, InterruptedException {
        BoundedBuffer document = new BoundedBuffer();
        return switch (run(submission.request(), document)) {
            case Ending.Answered(int status, String said)
            when status != 0 -> throw new ClientException.Refused(status, said);
            case Ending.Answered answered -> new Answer(answered.status(), document.text());
            case Ending.Lost lost -> throw new ClientException.Unreachable(Loss.of(lost.said()));
        };
    }

    private void sendSource(OutputStream out) throws IOException {
        submission.source().writeTo(out);
        sent.set(true);
    }
}
