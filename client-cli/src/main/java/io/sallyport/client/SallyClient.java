package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * A gateway as seen by a program. Calls block their thread, which may be a virtual one; many threads may use one client.
 * What fails as expected is a {@link ClientException}.
 */
public final class SallyClient implements AutoCloseable {
    private final Transport transport;
    private final Exchange exchange;
    private final Reconnection reconnection;
    private final Documents documents;

    /**
     * A client; nothing is connected yet.
     *
     * @param transport closed with the client
     * @param patience for connections that are lost
     * @param errors gets what the gateway and the transport say, as it comes, from several threads
     * @param observer is told of each connection that is lost and will be made anew
     */
    public SallyClient(Transport transport, Patience patience, OutputStream errors, Consumer<Interruption> observer) {
        this.transport = transport;
        this.exchange = new Exchange(transport, errors);
        this.reconnection = new Reconnection(patience, observer);
        this.documents = new Documents(exchange, reconnection);
    }

    /** A client that is silent about what the gateway says, and patient as usual. */
    public static SallyClient over(Transport transport) {
        return new SallyClient(transport, Patience.usual(), OutputStream.nullOutputStream(), interruption -> {});
    }

    /**
     * One request as it is, once: the answer goes to {@code out}.
     *
     * @return the gateway's exit status
     */
    public int stream(Request request, Body body, OutputStream out) throws IOException, InterruptedException {
        return switch (exchange.run(request, body, out)) {
            case Ending.Answered answered -> answered.status();
            case Ending.Lost lost -> throw new ClientException.Unreachable(Loss.of(lost.said()));
        };
    }

    /** Submits; returns the accepted build, whose source and record are then on the gateway's disk. */
    public Answer submit(Submission submission) throws IOException, InterruptedException {
        return deliver(submission, (sent, accepted) -> new Submitter(exchange, sent, accepted).detached(reconnection));
    }

    /**
     * Submits and waits for the end. The log goes to {@code out} as it is made; or, when an artifact is asked for, the
     * artifact does and the log goes to the errors.
     *
     * @return the exit status of the build: 0 succeeded, 1 failed, 3 canceled, 4 timed out, 5 errored; another one is a problem's
     */
    public int submitAndFollow(Submission submission, OutputStream out) throws IOException, InterruptedException {
        return deliver(submission, (sent, accepted) -> {
            Optional<String> artifact = sent.artifact();
            if (artifact.isPresent()) {
                return new ArtifactSubmission(exchange, reconnection, documents)
                        .run(sent, artifact.get(), out, accepted);
            }
            return reconnection
                    .run(new FollowedSubmission(exchange, sent, out, accepted))
                    .status();
        });
    }

    private interface Delivery<T> {
        T send(Submission submission, Consumer<String> accepted) throws IOException, InterruptedException;
    }

    /** Of a source that the gateway may have most of, sends first what it lacks; by a guess, if there is a good one. */
    private <T> T deliver(Submission submission, Delivery<T> delivery) throws IOException, InterruptedException {
        if (!(submission.source() instanceof KnownSource known)) {
            return delivery.send(submission, manifest -> {});
        }
        if (known.guessed()) {
            try {
                return guessed(submission, known, delivery);
            } catch (ClientException.FilesMissing e) {
                // Another one's gateway, or it has forgotten them: it is asked.
            }
        }
        Optional<Body> body = new SourceUpload(exchange, reconnection, submission, known).run();
        return body.isPresent()
                ? delivery.send(submission.with(body.get()), known::accepted)
                : delivery.send(submission.with(known.whole()), manifest -> {});
    }

    private <T> T guessed(Submission submission, KnownSource known, Delivery<T> delivery)
            throws IOException, InterruptedException {
        Optional<Body> changes = known.changes();
        if (changes.isPresent()) {
            try {
                return delivery.send(submission.with(new Changes(changes.get())), known::accepted);
            } catch (ClientException.NoBase e) {
                // The build that they are changes of is gone, or the gateway is older: it is told all.
            }
        }
        return delivery.send(submission, known::accepted);
    }

    /** Writes the log, and returns the exit status: of the build if it was followed. */
    public int log(LogRequest log, OutputStream out) throws IOException, InterruptedException {
        return reconnection.run(new LogReading(exchange, log, out)).status();
    }

    /** The same for people: as text, in which each line of a job begins with its name. Not for bytes that are to be exact. */
    public int labelledLog(LogRequest log, OutputStream out) throws IOException, InterruptedException {
        return reconnection.run(new LabelledLog(exchange, log, out)).status();
    }

    /** Waits for the end of a build; the answer's status is the build's result. */
    public Answer await(long build) throws IOException, InterruptedException {
        return documents.get(Request.of("wait", Long.toString(build)));
    }

    /**
     * A request that changes something, and so is sent once.
     *
     * @throws ClientException.Refused when the gateway refused it
     */
    public Answer once(Request request, Body body) throws IOException, InterruptedException {
        BoundedBuffer buffer = new BoundedBuffer();
        return switch (exchange.run(request, body, buffer)) {
            case Ending.Answered(int status, String said)
            when status != 0 && buffer.text().isEmpty() -> throw new ClientException.Refused(status, said);
            case Ending.Answered answered -> new Answer(answered.status(), buffer.text());
            case Ending.Lost lost -> throw new ClientException.Unreachable(Loss.of(lost.said()));
        };
    }

    /** A document by its request, such as {@code GET /builds/1/artifacts}. */
    public Answer get(Request request) throws IOException, InterruptedException {
        return documents.get(request);
    }

    /**
     * Reads events on the caller's thread, each once and in order, also when the connection is lost in between.
     *
     * @param request {@code GET /events} with its parameters but {@code after}
     * @param after the cursor to start behind, or {@code now}; empty for all that is kept
     * @param consumer gets each event; an {@link java.io.UncheckedIOException} from it ends the reading
     * @return the exit status, of which the gateway has said why it is not 0
     * @throws ClientException.OutputClosed when the consumer could not write
     * @throws ClientException.Refused when the gateway ends otherwise than by 0 and does not say why
     * @throws ClientException.Unintelligible when what comes is not an object on each line
     */
    public int events(Request request, String after, Consumer<JsonNode> consumer)
            throws IOException, InterruptedException {
        Ending.Answered answered = reconnection.run(new EventReading(exchange, request, after, consumer));
        if (answered.status() != 0 && answered.said().isBlank()) {
            throw new ClientException.Refused(answered.status(), "");
        }
        return answered.status();
    }

    /**
     * The same events for subscribers, each of whom gets all of them from the start. Reading waits for a subscriber that is
     * slow, on a virtual thread of its own, and ends when the subscription is canceled or the client closed.
     */
    public Flow.Publisher<JsonNode> eventFlow(Request request, String after) {
        return new EventFlow(consumer -> events(request, after, consumer));
    }

    /** All artifacts of a build. */
    public List<Artifact> artifacts(long build) throws IOException, InterruptedException {
        return new Artifacts(documents).of(build);
    }

    /**
     * Fetches an artifact into a stream and checks size and digest. The bytes are out when they turn out to be damaged.
     */
    public void fetch(long build, Artifact artifact, OutputStream out) throws IOException, InterruptedException {
        CheckedOutput bytes = new CheckedOutput(out);
        Ending.Answered answered = reconnection.run(new Download(exchange, build, artifact, bytes));
        if (answered.status() != 0) {
            throw new ClientException.Refused(answered.status(), answered.said());
        }
        bytes.verify(artifact);
    }

    /** Fetches an artifact into a file, which is there whole and checked, or not at all. Its folder must exist. */
    public void fetch(long build, Artifact artifact, Path file) throws IOException, InterruptedException {
        try (AtomicFile whole = AtomicFile.open(file)) {
            fetch(build, artifact, whole.stream());
            whole.commit();
        }
    }

    /** Cuts what is under way and closes the transport. */
    @Override
    public void close() {
        transport.close();
    }
}
